using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Checkers;

/// <summary>What all checkers have that ask a server over the network.</summary>
public abstract partial class ConnectCheckerBlock : CheckerBlock
{
    /// <summary>The address to connect to.</summary>
    [Keyword("connect_ip", Since = "1.2.13", Default = "real server's address")]
    public IpAddress ConnectAddress { get; protected set; }

    /// <summary>The port to connect to.</summary>
    [Keyword("connect_port", Since = "0.5.8", Default = "real server's port"), Range(1, 65535)]
    public ushort ConnectPort { get; protected set; }

    /// <summary>The source address of the check.</summary>
    [Keyword("bindto", Since = "1.1.2", Default = "unset")]
    public IpAddress BindAddress
    {
        get => _source?.BindAddress ?? default;
        protected set => Source.BindAddress = value;
    }

    /// <summary>The source port of the check.</summary>
    [Keyword("bind_port", Since = "1.2.13", Default = "unset"), Range(1, 65535)]
    public ushort BindPort
    {
        get => _source?.BindPort ?? 0;
        protected set => Source.BindPort = value;
    }

    /// <summary>The interface that the check leaves by; needed for IPv6 link-local addresses.</summary>
    [Keyword("bind_if", Since = "1.3.7", Default = "unset"), InterfaceName]
    public string? BindInterface
    {
        get => _source?.BindInterface;
        protected set => Source.BindInterface = value;
    }

    /// <summary>Seconds to wait for a connection or an answer.</summary>
    [Keyword("connect_timeout", Since = "0.5.3", Default = "real server's value"), Seconds(Decimals = 6), Range(0.000001, 4294.967295)]
    public Duration ConnectTimeout { get; protected set; } = CheckerDefaults.Unset;

    /// <summary>The firewall mark of the check's packets (SO_MARK).</summary>
    [Keyword("fwmark", Since = "1.2.13", Default = "0"), Range(0, 4294967295)]
    public uint Mark
    {
        get => _source?.Mark ?? 0;
        protected set => Source.Mark = value;
    }

    // There may be tens of thousands of checkers, and few say where their packets come from.
    private SourceSettings? _source;

    private SourceSettings Source => _source ??= new();

    private sealed class SourceSettings
    {
        public IpAddress BindAddress { get; set; }
        public ushort BindPort { get; set; }
        public string? BindInterface { get; set; }
        public uint Mark { get; set; }
    }

    /// <summary>Where the setting was written; the derived class knows.</summary>
    protected abstract SourceSpan SpanOf(string setting);

    /// <summary>The setting is as if it had not been written.</summary>
    protected abstract void Forget(string setting);
}
