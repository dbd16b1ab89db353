using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Mail;

namespace KeepalivedAot.Tests.Unit.Mail;

/// <summary>The dialogue: keepalived's when all is well, and every way in which a server can make it go wrong.</summary>
public sealed class SmtpSessionTests
{
    private static readonly string[] s_good = ["220 hi", "250 hello", "250 ok", "250 ok", "354 go", "250 queued", "221 bye"];

    private static readonly string[] s_whole =
    [
        "> HELO router1", "> MAIL FROM:<from@example.org>", "> RCPT TO:<to@example.org>", "> DATA", "> TEXT|.", "delivered", "> QUIT", "closed",
    ];

    [Fact]
    public void Dialogue_withNothingSpecial_isKeepaliveds()
        => Assert.Equal(s_whole, new SmtpDialogue().Connect().Say(s_good).Done);

    [Fact]
    public void Recipients_areNamedOneByOne_withoutTheirDisplayNames()
    {
        SmtpDialogue it = new(recipients: ["a@example.org", "B C <b@example.org>", "<c@example.org>"]);
        it.Connect().Say("220 hi", "250 hello", "250 ok", "250 ok", "251 forwarded", "252 perhaps", "354 go", "250 queued", "221 bye");
        Assert.Equal(["> RCPT TO:<a@example.org>", "> RCPT TO:<b@example.org>", "> RCPT TO:<c@example.org>"], it.Done.Where(static d => d.Contains("RCPT", StringComparison.Ordinal)));
        Assert.Contains("delivered", it.Done);
    }

    // In one piece, in two pieces cut anywhere, and byte for byte: the same dialogue.
    [Fact]
    public void Replies_cutAnywhere_areTheSame()
    {
        string[] replies =
        [
            "220-first\r\n220-second\r\n220 third\r\n", "250-hello\r\n250-SIZE\r\n250 HELP\r\n", "250 2.1.0 ok\r\n", "250\r\n", "354-go\r\n354 on\r\n", "250 queued\n", "221 bye\r\n",
        ];
        for (int which = 0; which < replies.Length; which++)
        {
            for (int cut = 0; cut <= replies[which].Length; cut++)
            {
                SmtpDialogue it = new();
                it.Connect();
                for (int i = 0; i < replies.Length; i++)
                {
                    byte[] reply = Encoding.UTF8.GetBytes(replies[i]);
                    int at = i == which ? cut : reply.Length;
                    it.SayBytes(reply.AsSpan(0, at));
                    Assert.True(i != which || at == reply.Length || it.Session.Step != SmtpStep.Over);
                    it.SayBytes(reply.AsSpan(at));
                }
                Assert.Equal(s_whole, it.Done);
            }
        }
        SmtpDialogue slow = new();
        slow.Connect();
        foreach (byte one in Encoding.UTF8.GetBytes(string.Concat(replies)))
            slow.SayBytes([one]);
        Assert.Equal(s_whole, slow.Done);
    }

    public static TheoryData<int, string> Steps() => new()
    {
        { 0, "waiting for its greeting" }, { 1, "greeting it" }, { 2, "naming the sender" }, { 3, "naming the recipients" },
        { 4, "announcing the mail" }, { 5, "sending the mail" },
    };

    [Theory, MemberData(nameof(Steps))]
    public void Server_thatStalls_isGivenUpAfterTheTimeout(int after, string doing)
    {
        SmtpDialogue it = new();
        it.Connect();
        foreach (string line in s_good[..after])
        {
            it.Now += Duration.FromSeconds(29);
            it.Say(line);
        }
        Assert.Equal(it.Now + SmtpDialogue.Timeout, it.Session.Deadline);
        it.Session.OnTimeout();
        Assert.EndsWith($"failed: no answer within 30 s (while {doing})\nclosed", it.Log, StringComparison.Ordinal);
        Assert.Equal(Instant.MaxValue, it.Session.Deadline);
    }

    [Fact]
    public void Server_thatDribbles_getsNoMoreTimeForIt()
    {
        SmtpDialogue it = new();
        it.Connect();
        Instant deadline = it.Session.Deadline;
        for (int i = 0; i < 20; i++)
        {
            it.Now += Duration.FromSeconds(1);
            it.SayBytes("220-still here\r\n"u8);
        }
        Assert.Equal(deadline, it.Session.Deadline);
    }

    [Fact]
    public void Server_thatIsNotThere_isGivenUpWhileConnecting()
    {
        SmtpDialogue it = new();
        Assert.Equal(it.Now + SmtpDialogue.Timeout, it.Session.Deadline);
        it.Session.OnTimeout();
        Assert.Equal(["failed: no answer within 30 s (while connecting)", "closed"], it.Done);
    }

    [Fact]
    public void Server_thatStallsAtTheGoodbye_isGivenUpSoon_andTheMailIsDelivered()
    {
        SmtpDialogue it = new();
        it.Connect().Say(s_good[..^1]);
        Assert.Equal(it.Now + Duration.FromSeconds(5), it.Session.Deadline);
        it.Session.OnTimeout();
        Assert.Equal(s_whole, it.Done);
    }

    [Theory, MemberData(nameof(Steps))]
    public void Server_thatClosesEarly_losesTheMail(int after, string doing)
    {
        SmtpDialogue it = new();
        it.Connect().Say(s_good[..after]);
        it.Session.OnClosed(reason: null);
        Assert.EndsWith($"failed: it closed the connection (while {doing})\nclosed", it.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Server_thatClosesInsteadOfAGoodbye_hasTheMail()
    {
        SmtpDialogue it = new();
        it.Connect().Say(s_good[..^1]);
        it.Session.OnClosed(reason: null);
        Assert.Equal(s_whole, it.Done);
    }

    [Theory]
    [InlineData("421 not now")]
    [InlineData("451 later")]
    [InlineData("550 never")]
    [InlineData("354 go")]
    public void Server_thatRefuses_isToldGoodbyeAndQuoted(string reply)
    {
        for (int after = 0; after < 6; after++)
        {
            // What is right at this step is no refusal.
            if (s_good[after][..3] == reply[..3])
                continue;
            SmtpDialogue it = new();
            it.Connect().Say(s_good[..after]).Say(reply);
            Assert.Contains(it.Done, static d => d.StartsWith("failed: ", StringComparison.Ordinal));
            Assert.Equal("> QUIT", it.Done[^1]);
            it.Say("221 bye");
            Assert.Equal("closed", it.Done[^1]);
            Assert.Single(it.Done, static d => d.StartsWith("failed", StringComparison.Ordinal));
            Assert.DoesNotContain("delivered", it.Done);
        }
    }

    [Fact]
    public void Recipients_thatAreRefused_doNotKeepTheMailFromTheOthers()
    {
        SmtpDialogue it = new(recipients: ["a@example.org", "b@example.org", "c@example.org"]);
        it.Connect().Say("220 hi", "250 hello", "250 ok", "550 who?", "250 ok", "450 full", "354 go", "250 queued", "221 bye");
        Assert.Equal(["refused a@example.org: 550 who?", "refused c@example.org: 450 full"], it.Done.Where(static d => d.StartsWith("refused", StringComparison.Ordinal)));
        Assert.Contains("delivered", it.Done);
    }

    [Fact]
    public void Recipients_thatAreAllRefused_areAFailure()
    {
        SmtpDialogue it = new(recipients: ["a@example.org", "b@example.org"]);
        it.Connect().Say("220 hi", "250 hello", "250 ok", "550 who?", "550 who?");
        Assert.Contains("failed: it takes the mail for none of the recipients", it.Done);
        Assert.DoesNotContain("> DATA", it.Done);
    }

    public static TheoryData<string, string> Nonsense() => new()
    {
        { "SSH-2.0-OpenSSH\r\n", "not SMTP" }, { "\r\n", "not SMTP" }, { "22\r\n", "not SMTP" }, { "2x0 hi\r\n", "not SMTP" }, { "120 hi\r\n", "not SMTP" },
        { "999 hi\r\n", "not SMTP" }, { "220+hi\r\n", "not SMTP" }, { "220-a\r\n250 b\r\n", "not SMTP" }, { "\0\0\0\0\n", "not SMTP" },
        { "220 " + new string('x', 2000), "does not end" }, { string.Concat(Enumerable.Repeat("220-x\r\n", 1000)), "does not end" }, { new string('2', 100_000), "does not end" },
    };

    [Theory, MemberData(nameof(Nonsense))]
    public void Nonsense_endsTheDialogue(string said, string reason)
    {
        for (int after = 0; after < s_good.Length - 1; after++)
        {
            SmtpDialogue it = new();
            it.Connect().Say(s_good[..after]);
            it.SayBytes(Encoding.UTF8.GetBytes(said));
            Assert.Contains(reason, it.Done[^2], StringComparison.Ordinal);
            Assert.Equal("closed", it.Done[^1]);
            int done = it.Done.Count;
            it.Say("220 hi", "250 hello");
            it.Session.OnClosed(null);
            it.Session.OnTimeout();
            Assert.Equal(done, it.Done.Count);
        }
    }

    [Fact]
    public void RandomBytes_neverHurt()
    {
        ReadOnlySpan<byte> interesting = "0123459 -\r\n\0\xFFabc"u8;
        byte[] piece = new byte[64];
        for (ulong seed = 1; seed <= 5000; seed++)
        {
            Prng random = new(seed);
            SmtpDialogue it = new(random.Next(2) == 0 ? SmtpSecurity.None : SmtpSecurity.StartTls);
            it.Connect().Say(s_good[..random.Next(s_good.Length)]);
            for (int i = 0; i < 20; i++)
            {
                int length = random.Next(piece.Length);
                for (int at = 0; at < length; at++)
                    piece[at] = interesting[random.Next(interesting.Length)];
                it.SayBytes(piece.AsSpan(0, length));
            }
            it.Session.OnClosed(null);
            Assert.Equal("closed", it.Done[^1]);
            Assert.Single(it.Done, "closed");
            Assert.Single(it.Done, static d => d == "delivered" || d.StartsWith("failed", StringComparison.Ordinal));
        }
    }
}
