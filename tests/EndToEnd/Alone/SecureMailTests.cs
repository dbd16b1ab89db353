using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>Encrypted mail with a login, to a real mail server: Debian's exim4.</summary>
public sealed class SecureMailTests
{
    private const int SIGHUP = 1;

    private static VrrpConfiguration Mailing(string server) => new()
    {
        Globals = $$"""
            router_id R1
                notification_email {
                    ops@example.org
                }
                notification_email_from keepalived@example.org
                smtp_server {{server}}
                smtp_helo_name r1.example.org
            """,
        Extra = "smtp_alert",
    };

    private static string Settings(string tls, string authorities, string more = "") => $"""
        [smtp]
        tls = "{tls}"
        {(authorities.Length > 0 ? $"tls_ca = \"{authorities}\"" : "")}
        user = "{Exim.User}"
        password_file = "/etc/keepalived/password"
        {more}

        """;

    private static DaemonProcess Start(Lab lab, string server, string settings, string password = Exim.Password, string mode = "600")
    {
        File.WriteAllText(lab.A.ConfigurationFile, Mailing(server));
        string folder = Path.Combine(lab.A.Scratch, "etc");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "keepalived-aot.toml"), settings);
        File.WriteAllText(Path.Combine(folder, "password"), password + "\n");
        File.SetUnixFileMode(Path.Combine(folder, "password"), (UnixFileMode)Convert.ToInt32(mode, 8));
        return lab.A.StartAs(
            "bash", "-euc", """mkdir -p /etc/keepalived; mount --bind "$1" /etc/keepalived; exec "$2" -n -l -D -f "$3" """,
            "settings", folder, Binaries.PathOf(Implementation.Ours), lab.A.ConfigurationFile);
    }

    [Theory]
    [InlineData("starttls", "10.9.0.250", "PLAIN")]
    [InlineData("starttls", "10.9.0.250", "LOGIN")]
    [InlineData("tls", "10.9.0.250 465", "PLAIN")]
    [InlineData("tls", "10.9.0.250 465", "LOGIN")]
    public void Mail_isEncryptedAndLoggedIn(string tls, string server, string login)
    {
        using Lab lab = new(routers: 1);
        using Exim exim = new(lab.Host, login);
        Start(lab, server, Settings(tls, exim.CertificateFile));
        string box = exim.WaitFor("VRRP Instance VI_1 - Entering MASTER state");
        Assert.Contains("X-Mailer: Keepalived", box, StringComparison.Ordinal);
        Assert.Contains("=> VRRP Instance is now owning VRRP VIPs <=", box, StringComparison.Ordinal);
        Assert.Matches(@"esmtpsa +\(TLS1\.[23]\)", box);
        Assert.Contains($"A={login.ToLowerInvariant()}:{Exim.User}", exim.Log, StringComparison.Ordinal);
        lab.A.Daemon.WaitForLog(@"SMTP alert successfully sent\.", Expect.Soon);
        Assert.DoesNotContain(Exim.Password, string.Join('\n', lab.A.Daemon.Log.Snapshot().Select(static l => l.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Certificate_isCheckedForTheNameThatIsConfigured()
    {
        using Lab lab = new(routers: 1);
        using Exim exim = new(lab.Host, "PLAIN");
        Start(lab, "10.9.0.250", Settings("starttls", exim.CertificateFile, $"tls_name = \"{Exim.ServerName}\""));
        exim.WaitFor("Entering MASTER state");
    }

    [Theory]
    [InlineData("tls_name = \"other.example.org\"", true, "[Hh]ostname mismatch")]
    [InlineData("", false, "self-signed certificate")]
    public void Certificate_thatIsNotAccepted_keepsTheMailAndThePassword(string more, bool knowsAuthority, string reason)
    {
        using Lab lab = new(routers: 1);
        using Exim exim = new(lab.Host, "PLAIN");
        using Exim other = new(lab.A, "PLAIN");
        Start(lab, "10.9.0.250", Settings("starttls", knowsAuthority ? exim.CertificateFile : other.CertificateFile, more));
        lab.A.Daemon.WaitForLog($"SMTP alert 'VRRP Instance VI_1 - Entering MASTER state' was not sent: .*no TLS: the certificate is not accepted: .*{reason}", Expect.Soon);
        Assert.Equal("", exim.Mailbox);
    }

    [Fact]
    public void Certificate_isNotLookedAt_whereThatIsConfigured()
    {
        using Lab lab = new(routers: 1);
        using Exim exim = new(lab.Host, "PLAIN");
        Start(lab, "10.9.0.250 465", Settings("tls", "", "tls_verify = false"));
        exim.WaitFor("Entering MASTER state");
    }

    // OpenSSL's tables have been given back by then, and must be made again.
    [Fact]
    public void Tls_thatAReloadBrings_afterMemoryWasGivenBack_works()
    {
        const string Early = "[memory]\ntrim_delay = 1\n";
        using Lab lab = new(routers: 1);
        using Exim exim = new(lab.Host, "PLAIN");
        DaemonProcess daemon = Start(lab, "10.9.0.250", Early);
        daemon.WaitForLog("Entering MASTER state' was not sent: .*none of the recipients", Expect.Soon);
        Thread.Sleep(1500);
        File.WriteAllText(Path.Combine(lab.A.Scratch, "etc", "keepalived-aot.toml"), Early + Settings("starttls", exim.CertificateFile));
        File.WriteAllText(lab.A.ConfigurationFile, Mailing("10.9.0.250").ToString().Replace("VI_1", "VI_2", StringComparison.Ordinal).Replace("virtual_router_id 51", "virtual_router_id 52", StringComparison.Ordinal));
        daemon.Signal(SIGHUP);
        exim.WaitFor("VRRP Instance VI_2 - Entering MASTER state");
        // And again, with the tables in use.
        Thread.Sleep(1500);
        Assert.Equal(0, lab.A.Stop());
        exim.WaitFor("VRRP Instance VI_2 - Stopping");
    }

    [Fact]
    public void Password_thatIsWrong_isSaidInTheLog_andNotShown()
    {
        using Lab lab = new(routers: 1);
        using Exim exim = new(lab.Host, "PLAIN");
        Start(lab, "10.9.0.250", Settings("starttls", exim.CertificateFile), password: "hunter2");
        lab.A.Daemon.WaitForLog("Entering MASTER state' was not sent: .*it answered '535 .*' while logging in", Expect.Soon);
        Assert.Empty(lab.A.Daemon.LogMatches("hunter2"));
    }

    [Fact]
    public void PasswordFile_thatOthersCanRead_isNotUsed()
    {
        using Lab lab = new(routers: 1);
        using Exim exim = new(lab.Host, "PLAIN");
        Start(lab, "10.9.0.250", Settings("starttls", exim.CertificateFile), mode: "644");
        lab.A.Daemon.WaitForLog("keepalived-aot.toml:5:17: error .KA0812", Expect.Soon);
        lab.A.Daemon.WaitForLog("No mail will be sent: /etc/keepalived/password holds a password", Expect.Soon);
        Expect.Master(lab.A, new VrrpConfiguration().ActiveDownInterval);
        Assert.Equal("", exim.Mailbox);
    }

    // A server that speaks no TLS at all, and one that goes silent in the middle of it.
    [Theory]
    [InlineData("tls", "CONNECT", "no TLS: ")]
    [InlineData("starttls", "EHLO", "it offers no STARTTLS")]
    [InlineData("starttls", "STARTTLS", @"no answer within 1 s \(while negotiating TLS\)")]
    public void Server_withoutTls_getsNoMail(string tls, string at, string reason)
    {
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.Host, System.Net.IPAddress.Parse("10.9.0.250"), (_, said) => said switch
        {
            "STARTTLS" => "220 go ahead",
            _ when said.StartsWith("EHLO", StringComparison.Ordinal) && at == "STARTTLS" => "250-hello\r\n250 STARTTLS",
            // The handshake is no command, whatever it looks like.
            _ when said != "CONNECT" && at == "STARTTLS" => FakeMailServer.Silence,
            _ => FakeMailServer.Usual(said),
        });
        Start(lab, "10.9.0.250\n    smtp_connect_timeout 1", Settings(tls, "", "tls_verify = false"));
        lab.A.Daemon.WaitForLog($"SMTP alert 'VRRP Instance VI_1 - Entering BACKUP state' was not sent: .*{reason}", Expect.Soon);
        Assert.DoesNotContain(server.Dialogues.Snapshot(), static d => d.Lines.Any(static l => l.StartsWith("AUTH", StringComparison.Ordinal)));
    }
}
