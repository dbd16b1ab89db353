using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Logging;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Process;

/// <summary>The test program as a second process: started with <see cref="Variable"/> it does one thing instead of testing.</summary>
internal static class HelperMode
{
    public const string Variable = "KEEPALIVED_AOT_TEST_HELPER";

    private const int TooLong = 20_000;

    public static SpawnRequest Request(string mode, params string[] arguments) => new()
    {
        Path = Environment.ProcessPath!,
        Arguments = [Environment.ProcessPath!, .. arguments],
        Environment = [.. ProcessEnvironment.Without(Variable), $"{Variable}={mode}"],
        ParentDeathSignal = SignalNumber.SIGKILL,
    };

    [ModuleInitializer]
    internal static void Run()
    {
        string? mode = Environment.GetEnvironmentVariable(Variable);
        if (mode is null)
            return;
        string[] arguments = Environment.GetCommandLineArgs()[1..];
        int status = mode switch
        {
            "pid-lock" => LockPidFile(arguments[0]),
            "signals" => ListenToSignals(arguments[0]),
            "local-time" => PrintLocalTime(arguments[0], arguments[1]),
            "daemon" => BeDaemon(arguments[0], arguments[1]),
            _ => 64,
        };
        Environment.Exit(status);
    }

    /// <summary>Exit status: 0 taken, 3 already running, 4 failed.</summary>
    private static int LockPidFile(string path)
    {
        using PidFile? file = PidFile.TryTake(path, out PidFileStatus status, out _);
        return status switch { PidFileStatus.Taken => 0, PidFileStatus.AlreadyRunning => 3, _ => 4 };
    }

    /// <summary>Says "ready" in a file, then writes down each signal until SIGTERM.</summary>
    private static int ListenToSignals(string path)
    {
        SignalMask.BlockEverywhere();
        SignalDiary diary = new();
        using EventLoop loop = EventLoop.Open(out _)!;
        using SignalSource source = SignalSource.Open(diary, out _)!;
        loop.Add(source.Fd, source, SourceOrder.AfterInput);
        diary.OnTerm = loop.RequestStop;
        File.WriteAllText(path + ".ready", "");
        loop.Run();
        File.WriteAllLines(path, diary.Lines);
        return 0;
    }

    private static int PrintLocalTime(string unixSeconds, string path)
    {
        byte[] text = new byte[LocalTime.LongLength];
        LocalTime.WriteLong(long.Parse(unixSeconds, CultureInfo.InvariantCulture), text);
        File.WriteAllBytes(path, text);
        return 0;
    }

    /// <summary>What a daemon does at its start; the file shows what became of it.</summary>
    private static int BeDaemon(string end, string path)
    {
        Daemonizer? detached = Daemonizer.Adopt();
        if (detached is null)
        {
            int status = Daemonizer.Launch(out OsError error);
            return error.IsError ? 99 : status;
        }
        switch (end)
        {
            case "fail":
                detached.ReportFailure(4);
                return 4;
            case "exit":
                return 6;
            case "crash":
                kill(getpid(), SignalNumber.SIGKILL);
                return 0;
        }
        Thread.Sleep(100);
        using PidFile file = PidFile.TryTake(path, out _, out _)!;
        detached.ReportReady();
        StringBuilder facts = new();
        string[] stat = File.ReadAllText("/proc/self/stat").Split(')')[1].Split(' ');
        facts.AppendLine(CultureInfo.InvariantCulture, $"pid={Environment.ProcessId}");
        facts.AppendLine(CultureInfo.InvariantCulture, $"session={stat[4]}");
        facts.AppendLine(CultureInfo.InvariantCulture, $"comm={File.ReadAllText("/proc/self/comm").Trim()}");
        facts.AppendLine(CultureInfo.InvariantCulture, $"cwd={Path.GetFullPath(".")}");
        for (int fd = 0; fd < 3; fd++)
            facts.AppendLine(CultureInfo.InvariantCulture, $"fd{fd}={File.ResolveLinkTarget($"/proc/self/fd/{fd}", false)}");
        facts.AppendLine(CultureInfo.InvariantCulture, $"cmdline={File.ReadAllText("/proc/self/cmdline").Replace('\0', '|')}");
        File.WriteAllText(path + ".facts.tmp", facts.ToString());
        File.Move(path + ".facts.tmp", path + ".facts");
        // Until the test takes the facts away.
        for (int waited = 0; waited < TooLong && File.Exists(path + ".facts"); waited += 10)
            Thread.Sleep(10);
        file.Remove();
        return 0;
    }

    private sealed class SignalDiary : ISignalHandler
    {
        public List<string> Lines { get; } = [];
        public Action OnTerm { get; set; } = () => { };

        public void OnSignal(int number, int senderPid)
        {
            Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{number} {senderPid}"));
            if (number == SignalNumber.SIGTERM)
                OnTerm();
        }
    }
}
