using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Mail;
using KeepalivedAot.Tests.Unit.Config;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>Which changes of state are mailed, and what a configuration makes of mail on a host.</summary>
public sealed class MailAlertTests : ILogSink
{
    private const string Globals = "router_id R1\nnotification_email {\na@example.org\n}\nnotification_email_from f@example.org\nsmtp_server 192.0.2.25\n";

    private readonly List<string> _lines = [];
    private readonly ModelMailWorld _world = new();

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));

    private static LoadResult Load(string globals, string? settings = null)
    {
        TextFiles files = new() { ["f"] = $"global_defs {{\n{globals}}}\nvrrp_instance A {{\ninterface eth0\nvirtual_router_id 1\nsmtp_alert\nvirtual_ipaddress {{\n192.0.2.1\n}}\n}}\n" };
        if (settings is not null)
            files["s"] = settings;
        LoadResult result = ConfigurationLoader.Load("f", files);
        return settings is null ? result : result.WithSettings("s", files);
    }

    private MailAlerts Alerts(string globals)
    {
        MailAlerts alerts = new(new MailSender(_world, new Log(this)));
        alerts.Adopt(Load(globals), new ModelFiles(), new Log(this));
        return alerts;
    }

    private string Mailed(string globals, bool isWanted, params AlertState[] states)
    {
        MailAlerts alerts = Alerts(globals);
        AlertState? last = null;
        foreach (AlertState state in states)
            alerts.OnInstanceState("A", state, isWanted, ref last);
        while (_world.IsConnecting)
            _world.TakeMail();
        return _world.Subjects.Replace("[R1] VRRP Instance A - ", "", StringComparison.Ordinal);
    }

    [Fact]
    public void State_isMailedWhenItIsAnotherThanTheLastMailed()
        => Assert.Equal(
            "Entering BACKUP state, Entering MASTER state, Entering BACKUP state",
            Mailed(Globals, true, AlertState.Backup, AlertState.Backup, AlertState.Active, AlertState.Backup));

    [Fact]
    public void Fault_thatIsNotMailed_isNoOtherState()
        => Assert.Equal(
            "Entering BACKUP state, Entering MASTER state",
            Mailed(Globals + "no_email_faults\n", true, AlertState.Backup, AlertState.Fault, AlertState.Backup, AlertState.Fault, AlertState.Active));

    [Fact]
    public void Fault_isMailedOtherwise()
        => Assert.Equal("Entering FAULT state, Entering BACKUP state, Stopping", Mailed(Globals, true, AlertState.Fault, AlertState.Backup, AlertState.Stop));

    [Fact]
    public void Instance_withoutSmtpAlert_isNotMailed() => Assert.Equal("", Mailed(Globals, false, AlertState.Backup, AlertState.Active));

    [Fact]
    public void Group_isMailedLikewise()
    {
        MailAlerts alerts = Alerts(Globals);
        AlertState? last = null;
        alerts.OnGroupState("G", AlertState.Active, true, ref last);
        alerts.OnGroupState("G", AlertState.Active, true, ref last);
        _world.TakeMail();
        Assert.Equal("[R1] VRRP Group G - Entering MASTER state", _world.Subjects);
        Assert.Equal(AlertState.Active, last);
    }

    [Theory]
    [InlineData("notification_email {\na@example.org\n}\n", "smtp_server")]
    [InlineData("smtp_server 192.0.2.25\n", "notification_email")]
    public void Alerts_thatGoNowhere_areSaidOnce(string globals, string missing)
    {
        Assert.Equal("", Mailed(globals, true, AlertState.Backup, AlertState.Active));
        Assert.Equal($"smtp_alert is set, but no mail will be sent: there is no {missing}", Assert.Single(_lines));
    }

    [Fact]
    public void Plan_hasKeepalivedsDefaults()
    {
        MailPlan plan = MailPlanner.Make(Load("notification_email {\na@example.org b@example.org\n}\nsmtp_server mail 2525\n").Configuration, new(), new ModelFiles(), new Log(this))!;
        Assert.EndsWith("@" + plan.Smtp.HeloName, plan.Envelope.From, StringComparison.Ordinal);
        Assert.Equal(["a@example.org", "b@example.org"], plan.Envelope.Recipients);
        Assert.Equal(("mail", 2525, Duration.FromSeconds(30), SmtpSecurity.None), (plan.Host, (int)plan.Port, plan.Smtp.Timeout, plan.Smtp.Security));
        Assert.Null(plan.Smtp.Credentials);
    }

    private const string SecureSettings = "[smtp]\ntls = \"starttls\"\nuser = \"u\"\npassword_file = \"/pw\"\n";

    [Fact]
    public void Plan_withTls_believesTheHostsCertificates_andExpectsTheServersName()
    {
        ModelFiles files = new ModelFiles().File("/pw", "0600", content: "secret\r\n").File("/etc/ssl/cert.pem", "0644").File("/etc/pki/tls/certs/ca-bundle.crt", "0644");
        LoadResult read = Load(Globals, SecureSettings);
        MailPlan plan = MailPlanner.Make(read.Configuration, read.Settings, files, new Log(this))!;
        Assert.Equal(new TlsPlan("/etc/pki/tls/certs/ca-bundle.crt", "192.0.2.25"), plan.Tls);
        Assert.Equal("u", plan.Smtp.Credentials?.User);
        Assert.Empty(_lines);
    }

    [Theory]
    [InlineData("0600", null, "no list of certificates")]
    [InlineData("0640", "/etc/ssl/cert.pem", "mode 640 lets others at it")]
    [InlineData("0604", "/etc/ssl/cert.pem", "mode 604 lets others at it")]
    [InlineData(null, "/etc/ssl/cert.pem", "the password cannot be read: open /pw: No such file")]
    public void Plan_withoutWhatTlsOrTheLoginTakes_isNone(string? mode, string? authorities, string reason)
    {
        ModelFiles files = new();
        if (mode is not null)
            files.File("/pw", mode, content: "secret");
        if (authorities is not null)
            files.File(authorities, "0644");
        LoadResult read = Load(Globals, SecureSettings);
        Assert.Null(MailPlanner.Make(read.Configuration, read.Settings, files, new Log(this)));
        string line = Assert.Single(_lines);
        Assert.StartsWith("No mail will be sent: ", line, StringComparison.Ordinal);
        Assert.Contains(reason, line.Replace("lstat", "open", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0600", "/etc/ca.pem", new string[0])]
    [InlineData("0644", "/etc/ca.pem", new[] { "KA0812 s:4:17" })]
    [InlineData(null, "/etc/ca.pem", new[] { "KA0813 s:4:17" })]
    [InlineData("0600", "/etc", new[] { "KA0813 s:5:10" })]
    [InlineData("0600", "/etc/none", new[] { "KA0813 s:5:10" })]
    public void Check_looksAtTheFiles_andSaysWhere(string? mode, string authorities, string[] expected)
    {
        ModelFiles files = new ModelFiles().File("/etc/ca.pem", "0644");
        if (mode is not null)
            files.File("/pw", mode, content: "secret");
        LoadResult read = Load(Globals, SecureSettings + $"tls_ca = \"{authorities}\"\n");
        MailChecks.Run(read.Configuration, read.Settings, read.Diagnostics, new TextFiles(), files);
        Assert.Equal(expected, read.Diagnostics.Where(static d => d.Code != "KA0202").Select(static d => $"{d.Code} {d.Location}"));
    }

    [Theory]
    [InlineData("192.0.2.25", "", false)]
    [InlineData("mail", "", true)]
    [InlineData("mail", "192.0.2.25 mail\n", false)]
    public void Check_saysThatAServerHasNoAddress(string server, string hosts, bool isReported)
    {
        LoadResult read = Load($"smtp_server {server}\n");
        IConfigFiles files = new TextFiles() { ["/etc/hosts"] = hosts };
        MailChecks.Run(read.Configuration, read.Settings, read.Diagnostics, files, new ModelFiles());
        Assert.Equal(isReported, read.Diagnostics.Any(static d => d.Code == "KA0519" && d.Location.ToString() == "f:2:13"));
    }

    [Theory]
    [InlineData("192.0.2.1 mail", "mail", "192.0.2.1")]
    [InlineData("# 192.0.2.9 mail\n\t192.0.2.1\tother  MAIL # x\n192.0.2.2 mail\n", "mail", "192.0.2.1")]
    [InlineData("nonsense mail\n2001:db8::1 mail\r\n", "mail", "2001:db8::1")]
    [InlineData("192.0.2.1 mailer\nmail\n\n", "mail", null)]
    [InlineData("192.0.2.1 #mail\n", "mail", null)]
    [InlineData("", "mail", null)]
    public void HostsFile_isReadAsTheLibraryReadsIt(string content, string name, string? expected)
    {
        bool found = HostsFile.TryFind(Encoding.UTF8.GetBytes(content), name, out IpAddress address);
        Assert.Equal(expected is not null, found);
        if (found)
            Assert.Equal(IpAddress.Parse(expected!), address);
    }
}
