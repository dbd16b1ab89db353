using System.Text;
using KeepalivedAot.Mail;

namespace KeepalivedAot.Tests.Unit.Mail;

/// <summary>Subjects, bodies, headers and dates, byte for byte as keepalived's.</summary>
public sealed class MailTextTests
{
    private static readonly MailEnvelope s_envelope = new("keepalived@r1.example", ["ops@example.org", "Night Shift <night@example.org>"]);

    private static string Compose(AlertMessage message, MailEnvelope? envelope = null, string routerId = "R1")
        => Encoding.UTF8.GetString(MailText.Compose(envelope ?? s_envelope, routerId, message, "Sun, 29 Nov 2026 17:12:45 +0000"));

    [Fact]
    public void Mail_ofAnInstance_isKeepalivedsToTheByte() => Assert.Equal(
        "Date: Sun, 29 Nov 2026 17:12:45 +0000\r\n"
        + "From: keepalived@r1.example\r\n"
        + "Subject: [R1] VRRP Instance VI_1 - Entering MASTER state\r\n"
        + "X-Mailer: Keepalived\r\n"
        + "To: ops@example.org,\r\n Night Shift <night@example.org>\r\n"
        + "\r\n"
        + "=> VRRP Instance is now owning VRRP VIPs <=\r\n"
        + "\r\n"
        + ".\r\n",
        Compose(AlertMessage.OfInstance("VI_1", AlertState.Active)));

    [Theory]
    [InlineData(AlertState.Active, "VRRP Instance A - Entering MASTER state", "=> VRRP Instance is now owning VRRP VIPs <=")]
    [InlineData(AlertState.Backup, "VRRP Instance A - Entering BACKUP state", "=> VRRP Instance is no longer owning VRRP VIPs <=")]
    [InlineData(AlertState.Fault, "VRRP Instance A - Entering FAULT state", "=> VRRP Instance is no longer owning VRRP VIPs <=")]
    [InlineData(AlertState.Stop, "VRRP Instance A - Stopping", "=> VRRP Instance stopping <=")]
    [InlineData(AlertState.Deleted, "VRRP Instance A - Deleted", "=> VRRP Deleted at reload <=")]
    public void Message_ofAnInstance_hasKeepalivedsWords(AlertState state, string subject, string body)
        => Assert.Equal(new AlertMessage(subject, body), AlertMessage.OfInstance("A", state));

    [Theory]
    [InlineData(AlertState.Active, "VRRP Group G - Entering MASTER state", "=> All VRRP group instances are now in MASTER state <=")]
    [InlineData(AlertState.Backup, "VRRP Group G - Entering BACKUP state", "=> All VRRP group instances are now in BACKUP state <=")]
    [InlineData(AlertState.Fault, "VRRP Group G - Entering FAULT state", "=> All VRRP group instances are now in FAULT state <=")]
    public void Message_ofAGroup_hasKeepalivedsWords(AlertState state, string subject, string body)
        => Assert.Equal(new AlertMessage(subject, body), AlertMessage.OfGroup("G", state));

    [Fact]
    public void Line_thatBeginsWithADot_getsAnother()
    {
        string text = Compose(new AlertMessage("x", ".\n.."));
        Assert.EndsWith("\r\n\r\n..\r\n...\r\n\r\n.\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_withLineEnds_beginNoHeaderOfTheirOwn()
    {
        string text = Compose(
            new AlertMessage("a\r\nBcc: x@example.org", "b"), new MailEnvelope("f\r\nX: 1", ["t\nY: 2"]), "R\r\n.\r\nQUIT");
        Assert.DoesNotContain("\nBcc:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nX:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nY:", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\nQUIT", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@example.org", "a@example.org", "a@example.org")]
    [InlineData("Night Shift <n@example.org>", "n@example.org", "Night Shift <n@example.org>")]
    [InlineData("<n@example.org>", "n@example.org", "<n@example.org>")]
    [InlineData("Keep (a) Lived <f@example.org>", "f@example.org", "\"Keep (a) Lived\" <f@example.org>")]
    [InlineData("A \"B\" \\C. <f@example.org>", "f@example.org", "\"A \\\"B\\\" \\\\C.\" <f@example.org>")]
    [InlineData("\"A, B\" <f@example.org>", "f@example.org", "\"A, B\" <f@example.org>")]
    [InlineData("Zoë <z@example.org>", "z@example.org", "Zoë <z@example.org>")]
    [InlineData("Tab\t<t@example.org>", "t@example.org", "Tab <t@example.org>")]
    public void Address_isWrittenForEnvelopeAndHeader(string written, string envelope, string header)
        => Assert.Equal((envelope, header), (MailAddress.OfEnvelope(written), MailAddress.OfHeader(written)));

    [Theory]
    [InlineData(0, 0, "Thu, 01 Jan 1970 00:00:00 +0000")]
    [InlineData(1_795_972_365, 0, "Sun, 29 Nov 2026 17:12:45 +0000")]
    [InlineData(1_795_972_365, 3600, "Sun, 29 Nov 2026 18:12:45 +0100")]
    [InlineData(1_795_972_365, -16_200, "Sun, 29 Nov 2026 12:42:45 -0430")]
    [InlineData(1_795_972_365, 45_900, "Mon, 30 Nov 2026 05:57:45 +1245")]
    [InlineData(951_782_400, 0, "Tue, 29 Feb 2000 00:00:00 +0000")]
    [InlineData(4_107_542_399, 0, "Sun, 28 Feb 2100 23:59:59 +0000")]
    [InlineData(4_107_542_400, 0, "Mon, 01 Mar 2100 00:00:00 +0000")]
    [InlineData(0, -3600, "Thu, 01 Jan 1970 00:00:00 -0100")]
    public void Date_isThatOfRfc5322(long unixSeconds, int offsetSeconds, string expected)
        => Assert.Equal(expected, MailDate.Format(unixSeconds, offsetSeconds));

    [Fact]
    public void Date_agreesWithTheFramework_forAHundredYears()
    {
        for (long seconds = 0; seconds < 4_200_000_000; seconds += 6_543_211)
        {
            string expected = DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(expected, MailDate.Format(seconds, 0));
        }
    }
}
