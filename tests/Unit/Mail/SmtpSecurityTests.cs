using System.Text;
using KeepalivedAot.Mail;

namespace KeepalivedAot.Tests.Unit.Mail;

/// <summary>TLS and logging in.</summary>
public sealed class SmtpSecurityTests
{
    private static readonly string[] s_rest = ["250 ok", "250 ok", "354 go", "250 queued", "221 bye"];

    private static readonly string[] s_restDone =
        ["> MAIL FROM:<from@example.org>", "> RCPT TO:<to@example.org>", "> DATA", "> TEXT|.", "delivered", "> QUIT", "closed"];

    private static SmtpCredentials Credentials() => new("user", "pass"u8.ToArray());

    [Fact]
    public void StartTls_isAskedFor_andEverythingIsSaidAgainUnderIt()
    {
        SmtpDialogue it = new(SmtpSecurity.StartTls);
        it.Connect().Say("220 hi", "250-hello\r\n250-AUTH PLAIN\r\n250 STARTTLS", "220 go").Secure().Say("250 hello").Say(s_rest);
        Assert.Equal(["> EHLO router1", "> STARTTLS", "tls", "> EHLO router1", .. s_restDone], it.Done);
    }

    [Fact]
    public void Tls_comesBeforeTheGreeting()
    {
        SmtpDialogue it = new(SmtpSecurity.Tls);
        it.Connect();
        Assert.Equal(["tls"], it.Done);
        it.Secure().Say("220 hi", "250 hello").Say(s_rest);
        Assert.Equal(["tls", "> EHLO router1", .. s_restDone], it.Done);
    }

    [Theory]
    [InlineData("250-hello\r\n250 SIZE")]
    [InlineData("250 STARTTLS")]
    public void StartTls_thatIsNotOffered_isNotDoneWithout(string hello)
    {
        SmtpDialogue it = new(SmtpSecurity.StartTls, Credentials());
        it.Connect().Say("220 hi", hello);
        Assert.Equal(["> EHLO router1", "failed: it offers no STARTTLS", "> QUIT"], it.Done);
    }

    [Fact]
    public void StartTls_thatIsRefused_isNotDoneWithout()
    {
        SmtpDialogue it = new(SmtpSecurity.StartTls);
        it.Connect().Say("220 hi", "250-hello\r\n250 STARTTLS", "454 not now");
        Assert.Contains("failed: it answered '454 not now' while asking for TLS", it.Done);
        Assert.DoesNotContain(it.Done, static d => d.StartsWith("> MAIL", StringComparison.Ordinal));
    }

    // Somebody in between could put answers there that look as if they had come under TLS.
    [Fact]
    public void Bytes_behindTheAnswerToStartTls_endTheDialogue()
    {
        SmtpDialogue it = new(SmtpSecurity.StartTls);
        it.Connect().Say("220 hi", "250-hello\r\n250 STARTTLS", "220 go\r\n250-hello\r\n250 AUTH PLAIN");
        Assert.DoesNotContain("tls", it.Done);
        Assert.Equal("closed", it.Done[^1]);
    }

    [Fact]
    public void Bytes_duringTheHandshake_endTheDialogue()
    {
        SmtpDialogue it = new(SmtpSecurity.Tls);
        it.Connect().Say("220 hi");
        Assert.Contains("speaks too early", it.Done[^2], StringComparison.Ordinal);
    }

    [Fact]
    public void Handshake_thatStalls_isGivenUp()
    {
        SmtpDialogue it = new(SmtpSecurity.Tls);
        it.Connect();
        it.Session.OnTimeout();
        Assert.Equal(["tls", "failed: no answer within 30 s (while negotiating TLS)", "closed"], it.Done);
    }

    [Fact]
    public void AuthPlain_comesFirst_whereBothAreOffered()
    {
        SmtpDialogue it = new(SmtpSecurity.Tls, Credentials());
        it.Connect().Secure().Say("220 hi", "250-hello\r\n250 AUTH LOGIN PLAIN", "235 in").Say(s_rest);
        Assert.Equal(["tls", "> EHLO router1", "> AUTH PLAIN AHVzZXIAcGFzcw==", .. s_restDone], it.Done);
    }

    [Theory]
    [InlineData("250-hello\r\n250 AUTH LOGIN CRAM-MD5")]
    [InlineData("250-hello\r\n250 auth=login")]
    public void AuthLogin_isUsedWherePlainIsNotOffered(string hello)
    {
        SmtpDialogue it = new(SmtpSecurity.Tls, Credentials());
        it.Connect().Secure().Say("220 hi", hello, "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6", "235 in").Say(s_rest);
        Assert.Equal(["tls", "> EHLO router1", "> AUTH LOGIN", "> dXNlcg==", "> cGFzcw==", .. s_restDone], it.Done);
    }

    [Theory]
    [InlineData("250 hello")]
    [InlineData("250-hello\r\n250 AUTH CRAM-MD5 PLAINEST")]
    public void Login_thatIsNotOffered_isAFailure(string hello)
    {
        SmtpDialogue it = new(SmtpSecurity.Tls, Credentials());
        it.Connect().Secure().Say("220 hi", hello);
        Assert.Contains("failed: it offers neither AUTH PLAIN nor AUTH LOGIN", it.Done);
    }

    [Fact]
    public void Login_thatIsRefused_isAFailure()
    {
        SmtpDialogue it = new(SmtpSecurity.Tls, Credentials());
        it.Connect().Secure().Say("220 hi", "250-hello\r\n250 AUTH PLAIN", "535 wrong");
        Assert.Contains("failed: it answered '535 wrong' while logging in", it.Done);
    }

    [Fact]
    public void Password_isNotSentInTheOpen()
    {
        SmtpDialogue it = new(SmtpSecurity.None, Credentials());
        it.Connect().Say("220 hi", "250-hello\r\n250 AUTH PLAIN LOGIN");
        Assert.Equal(["> EHLO router1", "failed: the password is not sent in the open", "> QUIT"], it.Done);
    }

    [Fact]
    public void Password_isShownByNothing_andCanBeWiped()
    {
        byte[] password = "pass"u8.ToArray();
        SmtpCredentials credentials = new("user", password);
        Assert.DoesNotContain("pass", $"{credentials} {new SmtpOptions("h", SmtpDialogue.Timeout, SmtpSecurity.Tls, credentials)}", StringComparison.Ordinal);
        credentials.Wipe();
        Assert.Equal(new byte[4], password);
        Assert.DoesNotContain("pass", Encoding.UTF8.GetString(password), StringComparison.Ordinal);
    }
}
