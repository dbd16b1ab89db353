using KeepalivedAot.Tests.EndToEnd.Laboratory;
using KeepalivedAot.Tests.EndToEnd.Scripts;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>Two routers, one of which stops: who is told of it, by scripts, FIFOs and mail, is told the same whoever runs beside.</summary>
public sealed class NotificationTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void NotifyScripts_takeover_areToldOnBothRouters(Implementation a, Implementation b)
    {
        using Lab lab = new();
        (ScriptFolder onA, ScriptFolder onB) = (new(lab.A), new(lab.B));
        Expect.MasterAndBackup(lab, a, b, With(s_high, onA), With(s_low, onB));
        onA.WaitForLines(4);
        onB.WaitForLines(2);
        lab.A.Stop();
        Expect.Master(lab.B, s_low.SkewTime);
        onB.WaitForLines(4);
        onA.WaitForLine("notify [INSTANCE] [VI_1] [STOP] [150]");
        Assert.Equal(Told(150, "BACKUP", "MASTER", "STOP"), onA.Lines().Order(StringComparer.Ordinal));
        Assert.Equal(Told(100, "BACKUP", "MASTER"), onB.Lines().Order(StringComparer.Ordinal));

        // Stock's run side by side, so their order is a matter of chance.
        static string[] Told(int priority, params string[] states)
            => [.. states.SelectMany(state => (string[])[$"notify [INSTANCE] [VI_1] [{state}] [{priority}]", $"notify_{state.ToLowerInvariant()}"])
                .Order(StringComparer.Ordinal)];

        static VrrpConfiguration With(VrrpConfiguration configuration, ScriptFolder scripts) => configuration with
        {
            Globals = "enable_script_security\nscript_user root",
            Extra = $"notify {scripts.Add("notify")}\n"
                + string.Concat(((string[])["master", "backup", "fault", "stop"]).Select(state => $"notify_{state} {scripts.Add($"notify_{state}")}\n")),
        };
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void NotifyFifo_takeover_isToldOnBothRouters(Implementation a, Implementation b)
    {
        using Lab lab = new();
        Expect.MasterAndBackup(lab, a, b, With(s_high, lab.A), With(s_low, lab.B));
        // Reading it is taking it: nobody else is there, so what was written waits.
        using FileStream ofA = Open(lab.A);
        using FileStream ofB = Open(lab.B);
        Expect.Master(lab.A, TimeSpan.Zero);
        Assert.Equal(Lines(150, "BACKUP", "MASTER"), Read(ofA, 2));
        Assert.Equal(Lines(100, "BACKUP"), Read(ofB, 1));
        lab.A.Stop();
        Expect.Master(lab.B, s_low.SkewTime);
        Assert.Equal(Lines(150, "STOP"), Read(ofA, 1));
        Assert.Equal(Lines(100, "MASTER"), Read(ofB, 1));

        static string Fifo(Router router) => Path.Combine(router.Scratch, "fifo");
        static FileStream Open(Router router) => new(Fifo(router), FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        static VrrpConfiguration With(VrrpConfiguration configuration, Router router) => configuration with { Globals = $"vrrp_notify_fifo {Fifo(router)}" };
        static string[] Lines(int priority, params string[] states) => [.. states.Select(state => $"INSTANCE \"VI_1\" {state} {priority}")];

        static string[] Read(FileStream fifo, int count) => [.. Enumerable.Range(0, count).Select(_ => ReadLine(fifo))];

        static string ReadLine(FileStream fifo)
        {
            List<char> line = [];
            int next;
            while ((next = fifo.ReadByte()) is not ('\n' or < 0))
                line.Add((char)next);
            return new string([.. line]);
        }
    }

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void SmtpAlert_takeover_isMailedByBothRouters(Implementation a, Implementation b)
    {
        using Lab lab = new();
        using FakeMailServer server = new(lab.Host, System.Net.IPAddress.Parse("10.9.0.250"));
        Expect.MasterAndBackup(lab, a, b, With(s_high, "A"), With(s_low, "B"));
        server.WaitForSubject("[A] VRRP Instance VI_1 - Entering BACKUP state");
        server.WaitForSubject("[A] VRRP Instance VI_1 - Entering MASTER state");
        server.WaitForSubject("[B] VRRP Instance VI_1 - Entering BACKUP state");
        lab.A.Crash();
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        server.WaitForSubject("[B] VRRP Instance VI_1 - Entering MASTER state");
        Assert.Equal(4, server.Dialogues.Snapshot().Count(static mail => mail.Subject.Length > 0));

        static VrrpConfiguration With(VrrpConfiguration configuration, string name) => configuration with
        {
            Globals = $"router_id {name}\nnotification_email {{\nfirst@example.org\n}}\nnotification_email_from k@example.org\nsmtp_server 10.9.0.250\nsmtp_connect_timeout 1",
            Extra = "smtp_alert",
        };
    }
}
