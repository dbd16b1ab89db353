using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Mail;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>From alerts to connections: in order, one at a time, and none lost without a line in the log.</summary>
public sealed class MailSenderTests : ILogSink
{
    private readonly ModelMailWorld _world = new();
    private readonly List<string> _lines = [];
    private readonly Log _log;

    public MailSenderTests() => _log = new Log(this, LogLevel.Detail);

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => _lines.Add(Encoding.UTF8.GetString(line));

    private static MailPlan Plan(string host = "192.0.2.25", TlsPlan? tls = null, SmtpCredentials? credentials = null) => new(
        "R1", new MailEnvelope("from@example.org", ["to@example.org"]), host, 25,
        new SmtpOptions("helo", Duration.FromSeconds(30), tls is null ? SmtpSecurity.None : SmtpSecurity.Tls, credentials), tls);

    private MailSender Sender(MailPlan? plan, int capacity = 8)
    {
        MailSender sender = new(_world, _log, capacity);
        sender.Use(plan);
        return sender;
    }

    private static AlertMessage Alert(string name) => new(name, $"=> {name} <=");

    [Fact]
    public void Alert_isSent_withTheDateOfTheEvent()
    {
        MailSender sender = Sender(Plan());
        sender.Send(Alert("one"));
        _world.UnixSeconds += 1000;
        _world.TakeMail();
        Assert.Equal("connect 192.0.2.25 25", _world.Done[0]);
        Assert.Contains(_world.Done, static d => d.StartsWith("> Date: Sun, 29 Nov 2026 18:12:45 +0100|From: from@example.org|Subject: [R1] one|", StringComparison.Ordinal));
        Assert.Equal("close", _world.Done[^1]);
        Assert.Equal(["Remote SMTP server [192.0.2.25]:25 connected.", "SMTP alert successfully sent."], _lines);
        Assert.False(sender.IsBusy);
    }

    [Fact]
    public void Alerts_goOneAfterTheOther()
    {
        MailSender sender = Sender(Plan());
        for (int i = 0; i < 3; i++)
            sender.Send(Alert($"{i}"));
        Assert.Single(_world.Done);
        for (int i = 0; i < 3; i++)
            _world.TakeMail();
        Assert.Equal("[R1] 0, [R1] 1, [R1] 2", _world.Subjects);
        Assert.False(sender.IsBusy);
    }

    [Fact]
    public void Queue_thatIsFull_dropsTheOldestAndSaysSo()
    {
        MailSender sender = Sender(Plan(), capacity: 2);
        foreach (string name in (string[])["under way", "a", "b", "c", "d"])
            sender.Send(Alert(name));
        Assert.Equal(
            ["SMTP alert 'a' is dropped: 2 newer ones wait for the mail server", "SMTP alert 'b' is dropped: 2 newer ones wait for the mail server"], _lines);
        for (int i = 0; i < 3; i++)
            _world.TakeMail();
        Assert.Equal("[R1] under way, [R1] c, [R1] d", _world.Subjects);
    }

    [Fact]
    public void Server_thatIsSilent_isGivenUpAndTheNextIsTried()
    {
        MailSender sender = Sender(Plan());
        sender.Send(Alert("one"));
        sender.Send(Alert("two"));
        _world.Advance(30);
        Assert.Contains("SMTP alert 'one' was not sent: [192.0.2.25]:25: no answer within 30 s (while connecting)", _lines);
        _world.TakeMail();
        Assert.Equal("[R1] two", _world.Subjects);
        Assert.Equal(0, _world.Timers.ArmedCount);
    }

    [Fact]
    public void Server_thatCannotBeReached_losesEachAlertByName()
    {
        _world.Refusal = Errno.ENETUNREACH;
        MailSender sender = Sender(Plan());
        sender.Send(Alert("one"));
        sender.Send(Alert("two"));
        Assert.Equal(["one", "two"], _lines.Select(static line => line.Split('\'')[1]));
        Assert.All(_lines, static line => Assert.Contains("Network is unreachable", line, StringComparison.Ordinal));
        Assert.False(sender.IsBusy);
    }

    [Fact]
    public void Name_isLookedUpForEachMail()
    {
        MailSender sender = Sender(Plan("mail"));
        Assert.Contains("smtp_server mail is in /etc/hosts", Assert.Single(_lines), StringComparison.Ordinal);
        sender.Send(Alert("one"));
        Assert.Equal("SMTP alert 'one' was not sent: smtp_server mail is not in /etc/hosts, and this release asks no name server", _lines[^1]);
        _world.Hosts["mail"] = "2001:db8::25";
        sender.Send(Alert("two"));
        _world.TakeMail();
        Assert.Equal("[R1] two", _world.Subjects);
        Assert.Contains("Remote SMTP server [2001:db8::25]:25 connected.", _lines);
    }

    [Fact]
    public void Tls_isUsedWithTheNameOfThePlan()
    {
        MailSender sender = Sender(Plan(tls: new TlsPlan("/ca.pem", "mail.example.org")));
        sender.Send(Alert("one"));
        _world.Accept();
        _world.Secure();
        _world.Say("220 hi", "250 hello", "250 ok", "250 ok", "354 go", "250 queued", "221 bye");
        Assert.Equal(["use tls /ca.pem", "connect 192.0.2.25 25", "tls mail.example.org", "> EHLO helo"], _world.Done.Take(4));
        Assert.Contains("SMTP alert successfully sent.", _lines);
    }

    [Fact]
    public void Tls_thatCannotBeHad_isNoMail()
    {
        _world.TlsProblem = "/ca.pem: no such file";
        MailSender sender = Sender(Plan(tls: new TlsPlan("/ca.pem", "mail.example.org")));
        sender.Send(Alert("one"));
        Assert.Equal(["No mail will be sent: there is no TLS: /ca.pem: no such file", "SMTP alert 'one' was not sent: there is no TLS: /ca.pem: no such file"], _lines);
        Assert.DoesNotContain(_world.Done, static d => d.StartsWith("connect", StringComparison.Ordinal));
    }

    [Fact]
    public void Reload_holdsFromTheNextMailOn_andWipesThePasswordThen()
    {
        byte[] password = "secret"u8.ToArray();
        MailSender sender = Sender(Plan(tls: new TlsPlan(null, "m"), credentials: new SmtpCredentials("u", password)));
        sender.Send(Alert("one"));
        sender.Send(Alert("two"));
        sender.Use(Plan("192.0.2.26"));
        _world.Accept();
        _world.Secure();
        _world.Say("220 hi", "250-hello\r\n250 AUTH PLAIN");
        Assert.Equal("> AUTH PLAIN AHUAc2VjcmV0", _world.Done[^1]);
        _world.Say("235 in", "250 ok", "250 ok", "354 go", "250 queued", "221 bye");
        Assert.Equal(new byte[6], password);
        Assert.Equal("connect 192.0.2.26 25", _world.Done[^1]);
    }

    [Fact]
    public void Configuration_thatIsTakenAway_losesWhatWaits_byName()
    {
        MailSender sender = Sender(Plan());
        sender.Send(Alert("one"));
        sender.Send(Alert("two"));
        sender.Use(null);
        _world.TakeMail();
        Assert.Equal("SMTP alert 'two' was not sent: mail is not configured any more", _lines[^1]);
    }

    [Fact]
    public void Stop_givesUpWhatIsUnderWayAndWhatWaits()
    {
        MailSender sender = Sender(Plan());
        sender.Send(Alert("one"));
        sender.Send(Alert("two"));
        _world.Accept();
        sender.GiveUp();
        Assert.Equal(
            ["SMTP alert 'two' was not sent: the daemon stops", "SMTP alert 'one' was not sent: [192.0.2.25]:25: the daemon stops (while waiting for its greeting)"],
            _lines.TakeLast(2));
        Assert.False(sender.IsBusy);
        Assert.Equal(0, _world.Timers.ArmedCount);
    }

    [Fact]
    public void Connection_thatBreaks_isSaidWithItsReason()
    {
        MailSender sender = Sender(Plan());
        sender.Send(Alert("one"));
        _world.HangUp("Connection refused");
        Assert.Equal("SMTP alert 'one' was not sent: [192.0.2.25]:25: Connection refused (while connecting)", Assert.Single(_lines));
        Assert.False(sender.IsBusy);
    }
}
