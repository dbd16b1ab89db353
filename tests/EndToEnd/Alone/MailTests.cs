using System.Net;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Alone;

/// <summary>SMTP alerts, with a mail server that the test writes.</summary>
public sealed class MailTests
{
    private const int SIGHUP = 1;
    private static readonly IPAddress s_server = IPAddress.Parse("10.9.0.250");

    /// <summary>An instance that sends mail.</summary>
    private static VrrpConfiguration Mailing(string server = "10.9.0.250", string globals = "", string extra = "", int timeout = 1) => new()
    {
        Globals = $$"""
            router_id R1
                notification_email {
                    first@example.org
                    "Second One <second@example.org>"
                }
                notification_email_from keepalived@example.org
                smtp_server {{server}}
                smtp_helo_name helo.example.org
                smtp_connect_timeout {{timeout}}
                {{globals}}
            """,
        Extra = $"smtp_alert\n    {extra}",
    };

    // One address each: keepalived 2.2.7 puts a display name into the envelope, where none belongs.
    [Fact, BesideStock]
    public void Mails_areThoseOfKeepalived_toTheByte()
    {
        VrrpConfiguration configuration = Mailing();
        string plain = configuration.ToString().Replace("\"Second One <second@example.org>\"", "second@example.org");
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.Host, s_server);
        List<string[]> said = [];
        foreach (Implementation implementation in (Implementation[])[Implementation.Ours, Implementation.Stock])
        {
            int from = server.Dialogues.Count;
            lab.A.Start(implementation, plain);
            server.WaitForSubject("Entering BACKUP state", from);
            server.WaitForSubject("Entering MASTER state", from);
            lab.A.Daemon.WaitForLog(@"Remote SMTP server \[10\.9\.0\.250\]:25 connected\.", Expect.Soon);
            lab.A.Daemon.WaitForLog(@"SMTP alert successfully sent\.", Expect.Soon);
            said.Add([.. server.Dialogues.Snapshot(from).Where(static d => d.Subject.Length > 0).Select(static d => d.Text)]);
            Assert.Equal(0, lab.A.Stop());
            // keepalived's is cut off.
            if (implementation == Implementation.Ours)
                server.WaitForSubject("Stopping", from);
        }
        Assert.Equal(2, said[1].Length);
        Assert.Equal(said[1], said[0]);
        Assert.Contains("To: first@example.org, second@example.org\r\n", said[0][0], StringComparison.Ordinal);
    }

    [Fact]
    public void Mails_ofTheEnd_leaveBeforeTheDaemonDoes()
    {
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.Host, s_server);
        lab.A.Start(Implementation.Ours, Mailing());
        server.WaitForSubject("Entering MASTER state");
        Assert.Equal(0, lab.A.Stop());
        MailDialogue last = server.WaitForSubject("[R1] VRRP Instance VI_1 - Stopping");
        Assert.Contains("=> VRRP Instance stopping <=", last.Lines);
        Assert.Equal("QUIT", last.Lines[^1]);
    }

    [Fact]
    public void Stop_withAServerThatStalls_takesASecondAndNamesWhatIsLost()
    {
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.Host, s_server, static (_, _) => FakeMailServer.Silence);
        lab.A.Start(Implementation.Ours, Mailing(timeout: 30));
        lab.A.Daemon.WaitForLog(Expect.EnteringMaster, Expect.Soon);
        Assert.Equal(0, lab.A.Stop());
        foreach (string what in (string[])["Entering BACKUP state", "Entering MASTER state", "Stopping"])
            lab.A.Daemon.WaitForLog($"SMTP alert 'VRRP Instance VI_1 - {what}' was not sent: .*the daemon stops", Expect.Soon);
    }

    [Theory]
    [InlineData("CONNECT", "waiting for its greeting")]
    [InlineData("HELO", "greeting it")]
    [InlineData("MAIL", "naming the sender")]
    [InlineData("RCPT", "naming the recipients")]
    [InlineData("DATA", "announcing the mail")]
    [InlineData(".", "sending the mail")]
    public void Server_thatStalls_isGivenUp_andNoAdvertIsLate(string at, string doing)
    {
        VrrpConfiguration configuration = Mailing();
        using Lab lab = new(routers: 1);
        // The first mail only: later ones get through.
        using FakeMailServer server = new(
            lab.Host, s_server, (number, said) => number == 0 && said.StartsWith(at, StringComparison.Ordinal) ? FakeMailServer.Silence : FakeMailServer.Usual(said));
        lab.A.Start(Implementation.Ours, configuration);
        lab.A.Daemon.WaitForLog($@"SMTP alert 'VRRP Instance VI_1 - Entering BACKUP state' was not sent: \[10\.9\.0\.250\]:25: no answer within 1 s \(while {doing}\)", Expect.Soon);
        server.WaitForSubject("Entering MASTER state");
        Thread.Sleep(configuration.AdvertInterval * 4);
        VerifyCadence(lab, configuration);
    }

    [Fact]
    public void Server_thatStallsAtTheGoodbye_hasTheMail()
    {
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.Host, s_server, static (_, said) => said == "QUIT" ? FakeMailServer.Silence : FakeMailServer.Usual(said));
        lab.A.Start(Implementation.Ours, Mailing());
        server.WaitForSubject("Entering BACKUP state");
        server.WaitForSubject("Entering MASTER state");
        Assert.Empty(lab.A.Daemon.LogMatches("was not sent"));
    }

    [Theory]
    [InlineData("CONNECT", FakeMailServer.HangUp, "it closed the connection|Connection reset by peer")]
    [InlineData("CONNECT", "SSH-2.0-OpenSSH_9.2", "its reply is not SMTP")]
    [InlineData("CONNECT", "554 go away", "it answered '554 go away' while waiting for its greeting")]
    [InlineData("MAIL", "451 later", "it answered '451 later' while naming the sender")]
    [InlineData("RCPT", "550 nobody", "it takes the mail for none of the recipients")]
    [InlineData("DATA", "\r\n\r\n", "its reply is not SMTP")]
    [InlineData(".", FakeMailServer.HangUp, "it closed the connection|Connection reset by peer")]
    public void Server_thatRefuses_isQuotedInTheLog(string at, string answer, string reason)
    {
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.Host, s_server, (_, said) => said.StartsWith(at, StringComparison.Ordinal) ? answer : FakeMailServer.Usual(said));
        lab.A.Start(Implementation.Ours, Mailing());
        lab.A.Daemon.WaitForLog($@"SMTP alert 'VRRP Instance VI_1 - Entering BACKUP state' was not sent: \[10\.9\.0\.250\]:25: ({reason})", Expect.Soon);
        Expect.Master(lab.A, Mailing().ActiveDownInterval);
    }

    [Fact]
    public void Recipient_thatIsRefused_doesNotKeepTheMailFromTheOther()
    {
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.Host, s_server, static (_, said) => said.Contains("first@", StringComparison.Ordinal) ? "550 nobody" : FakeMailServer.Usual(said));
        lab.A.Start(Implementation.Ours, Mailing());
        MailDialogue mail = server.WaitForSubject("Entering BACKUP state");
        Assert.Contains("RCPT TO:<second@example.org>", mail.Lines);
        Assert.Contains("To: first@example.org,", mail.Lines);
        lab.A.Daemon.WaitForLog("SMTP alert '.*' is refused for first@example.org: 550 nobody", Expect.Soon);
    }

    [Theory]
    [InlineData("10.9.0.1", "Connection refused")]
    [InlineData("192.0.2.1", "Network is unreachable")]
    [InlineData("10.9.0.77", @"no answer within 1 s \(while connecting\)")]
    public void Server_thatIsNotThere_isNamedInTheLog(string server, string reason)
    {
        VrrpConfiguration configuration = Mailing(server);
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, configuration);
        lab.A.Daemon.WaitForLog($"SMTP alert 'VRRP Instance VI_1 - Entering BACKUP state' was not sent: .*{reason}", Expect.Soon);
        Expect.Master(lab.A, configuration.ActiveDownInterval);
        Thread.Sleep(configuration.AdvertInterval * 4);
        VerifyCadence(lab, configuration);
    }

    [Fact]
    public void Server_overIPv6_isReached()
    {
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.Host, IPAddress.Parse("fd09::fa"));
        lab.A.Start(Implementation.Ours, Mailing("fd09::fa"));
        server.WaitForSubject("Entering MASTER state");
        lab.A.Daemon.WaitForLog(@"Remote SMTP server \[fd09::fa\]:25 connected\.", Expect.Soon);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Server_byName_isLookedUpInTheHostsFile(bool isThere)
    {
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.Host, s_server);
        string hosts = Path.Combine(lab.A.Scratch, "hosts");
        File.WriteAllText(hosts, $"127.0.0.1 localhost\n10.9.0.250\tother {(isThere ? "mail-server" : "")} # comment\n");
        File.WriteAllText(lab.A.ConfigurationFile, Mailing("mail-server"));
        lab.A.StartAs(
            "bash", "-euc", """mount --bind "$1" /etc/hosts; exec "$2" -n -l -D -f "$3" """,
            "hosts", hosts, Binaries.PathOf(Implementation.Ours), lab.A.ConfigurationFile);
        if (isThere)
        {
            server.WaitForSubject("Entering MASTER state");
            Assert.Empty(lab.A.Daemon.LogMatches("etc/hosts"));
            return;
        }
        lab.A.Daemon.WaitForLog("KA0519.*mail-server is not in /etc/hosts", Expect.Soon);
        lab.A.Daemon.WaitForLog("SMTP alert 'VRRP Instance VI_1 - Entering MASTER state' was not sent: smtp_server mail-server is not in /etc/hosts", Expect.Soon);
        // Mended while it runs.
        int from = server.Dialogues.Count;
        File.AppendAllText(hosts, "10.9.0.250 mail-server\n");
        Assert.Equal(0, lab.A.Stop());
        server.WaitForSubject("Stopping", from);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no_email_faults")]
    public void Faults_areMailed_unlessTheyAreNotWanted(string globals)
    {
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.A, IPAddress.Loopback);
        lab.A.Start(Implementation.Ours, Mailing("127.0.0.1", globals));
        server.WaitForSubject("Entering MASTER state");
        int from = server.Dialogues.Count;
        lab.A.LoseCarrier();
        lab.A.Daemon.WaitForLog(Expect.EnteringFault, Expect.Soon);
        lab.A.RegainCarrier();
        server.WaitForSubject("Entering MASTER state", from);
        string[] subjects = [.. server.Dialogues.Snapshot(from).Select(static d => d.Subject)];
        string[] faults = globals.Length > 0 ? [] : ["[R1] VRRP Instance VI_1 - Entering FAULT state"];
        Assert.Equal([.. faults, "[R1] VRRP Instance VI_1 - Entering BACKUP state", "[R1] VRRP Instance VI_1 - Entering MASTER state"], subjects);
    }

    [Theory]
    [InlineData("", "Entering FAULT state")]
    [InlineData("notify_deleted", "Deleted")]
    public void Instance_thatAReloadRemoves_isMailedAsKeepalivedDoes(string extra, string expected)
    {
        VrrpConfiguration configuration = Mailing(extra: extra);
        using Lab lab = new(routers: 1);
        using FakeMailServer server = new(lab.Host, s_server);
        lab.A.Start(Implementation.Ours, configuration);
        server.WaitForSubject("Entering MASTER state");
        File.WriteAllText(lab.A.ConfigurationFile, configuration with { Name = "VI_2", Vrid = 52, Addresses = ["10.9.0.102"] });
        lab.A.Daemon.Signal(SIGHUP);
        server.WaitForSubject($"VRRP Instance VI_1 - {expected}");
        server.WaitForSubject("VRRP Instance VI_2 - Entering MASTER state");
    }

    [Fact]
    public void Alerts_withoutAServer_areSaidToGoNowhere()
    {
        using Lab lab = new(routers: 1);
        lab.A.Start(Implementation.Ours, new VrrpConfiguration { Extra = "smtp_alert" });
        lab.A.Daemon.WaitForLog("smtp_alert is set, but no mail will be sent: there is no smtp_server", Expect.Soon);
        Expect.Master(lab.A, new VrrpConfiguration().ActiveDownInterval);
    }

    // What a busy machine adds stays below one more interval.
    private static void VerifyCadence(Lab lab, VrrpConfiguration configuration)
    {
        Advert[] adverts = [.. lab.Observer.Adverts.Snapshot().Where(advert => advert.Source.Equals(lab.A.Address))];
        Assert.True(adverts.Length >= 4, lab.Describe());
        TimeSpan[] gaps = [.. adverts.Zip(adverts.Skip(1), static (a, b) => b.At - a.At)];
        Assert.All(gaps, gap => Assert.True(gap < configuration.AdvertInterval * 2 + Expect.Slack, $"{gap.TotalMilliseconds} ms\n{lab.Describe()}"));
    }
}
