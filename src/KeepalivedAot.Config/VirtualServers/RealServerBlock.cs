using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Checkers;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>One <c>real_server ADDRESS [PORT] { … }</c>.</summary>
[Block("real_server", Label = "ip [port]")]
public sealed partial class RealServerBlock
{
    /// <summary>Where the server is.</summary>
    [Header]
    public ServerAddress Address { get; private set; }

    /// <summary>The share of connections that the server gets, compared with the weights of the others; 0 is no new ones.</summary>
    [Keyword("weight", Since = "0.5.3", Default = "virtual server's weight"), Range(0, 2147483647)]
    public int Weight { get; private set; } = NotGiven;

    /// <summary>How packets get to this real server: NAT, DR (direct routing) or TUN (tunnel).</summary>
    [Keyword("lvs_method", Since = "1.3.6", Default = "virtual server's method", Arguments = "NAT|DR|TUN [tunnel options]")]
    public ForwardingMethod? Method { get; private set; }

    /// <summary>The number of connections at which the server gets no new ones; 0 is no limit.</summary>
    [Keyword("uthreshold", Since = "1.1.13"), Range(0, 4294967295)]
    public uint UpperThreshold
    {
        get => _rare?.UpperThreshold ?? 0;
        private set => Rare.UpperThreshold = value;
    }

    /// <summary>The number of connections below which it gets new ones again; 0 is three quarters of uthreshold.</summary>
    [Keyword("lthreshold", Since = "1.1.13"), Range(0, 4294967295)]
    public uint LowerThreshold
    {
        get => _rare?.LowerThreshold ?? 0;
        private set => Rare.LowerThreshold = value;
    }

    /// <summary>Give the server weight 0 when it is down in place of removing it, so that its connections live on.</summary>
    [Keyword("inhibit_on_failure", Since = "0.6.8", Default = "virtual server's value", Optional = true)]
    public bool? InhibitOnFailure { get; private set; }

    /// <summary>Script to run when the real server comes up, and the user that runs it.</summary>
    [Keyword("notify_up", Since = "1.0.0", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyUp
    {
        get => _rare?.NotifyUp;
        private set => Rare.NotifyUp = value;
    }

    /// <summary>Script to run when the real server goes down, and the user that runs it.</summary>
    [Keyword("notify_down", Since = "1.0.0", Default = "none", FirstWins = true)]
    public ConfigScript? NotifyDown
    {
        get => _rare?.NotifyDown;
        private set => Rare.NotifyDown = value;
    }

    /// <summary>The server counts as down at the start, until its checks have succeeded.</summary>
    [Keyword("alpha", Since = "1.3.7", Default = "virtual server's value", Optional = true)]
    public bool? Alpha { get; private set; }

    /// <summary>Default of the checkers' retry: how often a failed check is tried again.</summary>
    [Keyword("retry", Since = "1.3.7", Default = "virtual server's value"), Range(1, 4294967295), Strict]
    public long Retry { get; private set; } = CheckerDefaults.NotGiven;

    /// <summary>Default of the checkers' delay_before_retry: seconds before a failed check is tried again.</summary>
    [Keyword("delay_before_retry", Since = "1.3.7", Default = "virtual server's value"), Seconds(Decimals = 6), Range(0.0, 4294967295.0)]
    public Duration DelayBeforeRetry { get; private set; } = CheckerDefaults.Unset;

    /// <summary>Default of the checkers' warmup: the first check comes at a random time within this many seconds.</summary>
    [Keyword("warmup", Since = "1.3.7", Default = "virtual server's value"), Seconds(Decimals = 6), Range(0.0, 4294967295.0)]
    public Duration Warmup { get; private set; } = CheckerDefaults.Unset;

    /// <summary>Default of the checkers' connect_timeout: seconds to wait for a connection or an answer.</summary>
    [Keyword("connect_timeout", Since = "2.0.13", Default = "virtual server's value"), Seconds(Decimals = 6), Range(0.000001, 4294.967295)]
    public Duration ConnectTimeout { get; private set; } = CheckerDefaults.Unset;

    /// <summary>Default of the checkers' delay_loop: seconds between two checks.</summary>
    [Keyword("delay_loop", Since = "1.3.7", Default = "virtual server's value"), Seconds(Decimals = 6), Range(0.000001, 4294967295.0)]
    public Duration DelayLoop { get; private set; } = CheckerDefaults.Unset;

    /// <summary>Send a mail when the real server comes up or goes down.</summary>
    [Keyword("smtp_alert", Since = "2.0.0", Default = "smtp_alert_checker, then smtp_alert, then true", Optional = true)]
    public bool? SmtpAlert { get; private set; }

    /// <summary>Default of the checkers' virtualhost: the Host header of HTTP requests.</summary>
    [Keyword("virtualhost", Since = "1.3.6", Default = "virtual server's value", SurvivesMissingValue = true)]
    public string? VirtualHost { get; private set; }

    /// <summary>The name of the virtual server in SNMP.</summary>
    [Keyword("snmp_name", Since = "2.2.3", Default = "none", SurvivesMissingValue = true)]
    public SnmpName? SnmpName
    {
        get => _rare?.SnmpName;
        private set => Rare.SnmpName = value;
    }

    /// <summary>Checks the real server with a script.</summary>
    [Keyword("MISC_CHECK", Since = "0.5.3")]
    public List<MiscCheckBlock>? MiscChecks
    {
        get => _rare?.MiscChecks;
        private set => Rare.MiscChecks = value;
    }

    /// <summary>Checks the real server as a mail server (SMTP).</summary>
    [Keyword("SMTP_CHECK", Since = "1.1.8")]
    public List<SmtpCheckBlock>? SmtpChecks
    {
        get => _rare?.SmtpChecks;
        private set => Rare.SmtpChecks = value;
    }

    /// <summary>Checks the real server by opening a TCP connection.</summary>
    [Keyword("TCP_CHECK", Since = "0.5.3")]
    public List<TcpCheckBlock>? TcpChecks { get; private set; }

    /// <summary>Checks the real server with an ICMP echo request (ping).</summary>
    [Keyword("PING_CHECK", Since = "2.1.0")]
    public List<PingCheckBlock>? PingChecks
    {
        get => _rare?.PingChecks;
        private set => Rare.PingChecks = value;
    }

    /// <summary>Checks the real server with a UDP packet.</summary>
    [Keyword("UDP_CHECK", Since = "2.1.0")]
    public List<UdpCheckBlock>? UdpChecks
    {
        get => _rare?.UdpChecks;
        private set => Rare.UdpChecks = value;
    }

    /// <summary>Checks pages of the real server over HTTP.</summary>
    [Keyword("HTTP_GET", Since = "0.5.3")]
    public List<HttpGetBlock>? HttpGets { get; private set; }

    /// <summary>Checks pages of the real server over HTTPS. Certificates are not verified.</summary>
    [Keyword("SSL_GET", Since = "0.5.3")]
    public List<SslGetBlock>? SslGets
    {
        get => _rare?.SslGets;
        private set => Rare.SslGets = value;
    }

    /// <summary>Checks the real server with a DNS query.</summary>
    [Keyword("DNS_CHECK", Since = "1.3.0")]
    public List<DnsCheckBlock>? DnsChecks
    {
        get => _rare?.DnsChecks;
        private set => Rare.DnsChecks = value;
    }

    /// <summary>Takes the state of the real server from a number in a file.</summary>
    [Keyword("FILE_CHECK", Since = "2.1.0")]
    public List<FileCheckBlock>? FileChecks
    {
        get => _rare?.FileChecks;
        private set => Rare.FileChecks = value;
    }

    /// <summary>Takes the state of the real server from a BFD session.</summary>
    [Keyword("BFD_CHECK", Since = "2.0.0")]
    public List<BfdCheckBlock>? BfdChecks
    {
        get => _rare?.BfdChecks;
        private set => Rare.BfdChecks = value;
    }

    private const int NotGiven = -1;

    // There may be tens of thousands of servers, and few have any of this.
    private RareSettings? _rare;

    private RareSettings Rare => _rare ??= new();

    private sealed class RareSettings
    {
        public uint UpperThreshold { get; set; }
        public uint LowerThreshold { get; set; }
        public ConfigScript? NotifyUp { get; set; }
        public ConfigScript? NotifyDown { get; set; }
        public SnmpName? SnmpName { get; set; }
        public List<MiscCheckBlock>? MiscChecks { get; set; }
        public List<SmtpCheckBlock>? SmtpChecks { get; set; }
        public List<PingCheckBlock>? PingChecks { get; set; }
        public List<UdpCheckBlock>? UdpChecks { get; set; }
        public List<SslGetBlock>? SslGets { get; set; }
        public List<DnsCheckBlock>? DnsChecks { get; set; }
        public List<FileCheckBlock>? FileChecks { get; set; }
        public List<BfdCheckBlock>? BfdChecks { get; set; }
    }
}
