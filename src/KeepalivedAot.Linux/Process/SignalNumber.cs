namespace KeepalivedAot.Linux.Process;

/// <summary>The signals that the daemon listens to (asm-generic/signal.h; the numbers are the same on x64 and arm64).</summary>
/// <remarks>SIGRTMIN is 34 to users, because libc keeps 32 and 33 for itself; 34 in turn is used by the .NET runtime.</remarks>
public static class SignalNumber
{
    public const int SIGHUP = 1;
    public const int SIGINT = 2;
    public const int SIGKILL = 9;
    public const int SIGUSR1 = 10;
    public const int SIGSEGV = 11;
    public const int SIGUSR2 = 12;
    public const int SIGPIPE = 13;
    public const int SIGTERM = 15;
    public const int SIGCHLD = 17;
    public const int SIGXCPU = 24;
    public const int SIGRTMIN = 34;
    public const int SIGRTMAX = 64;

    /// <summary>keepalived: write the state as JSON.</summary>
    public const int Json = SIGRTMIN + 2;

    /// <summary>keepalived: write the statistics, then set them to zero.</summary>
    public const int StatsClear = SIGRTMAX - 1;

    /// <summary>keepalived: write the timers.</summary>
    public const int ThreadDump = SIGRTMAX;

    /// <summary>Everything that reaches the daemon through its signalfd. An explicit list: the runtime needs some signals for itself.</summary>
    internal static ReadOnlySpan<int> Handled => [SIGHUP, SIGINT, SIGUSR1, SIGUSR2, SIGTERM, SIGCHLD, SIGXCPU, Json, StatsClear, ThreadDump];

    /// <summary><c>SIGTERM</c>, <c>SIGRTMIN+2</c>; <c>signal 77</c> for what has no name.</summary>
    public static string NameOf(int number) => number switch
    {
        SIGHUP => "SIGHUP",
        SIGINT => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        5 => "SIGTRAP",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        SIGKILL => "SIGKILL",
        SIGUSR1 => "SIGUSR1",
        SIGSEGV => "SIGSEGV",
        SIGUSR2 => "SIGUSR2",
        SIGPIPE => "SIGPIPE",
        14 => "SIGALRM",
        SIGTERM => "SIGTERM",
        16 => "SIGSTKFLT",
        SIGCHLD => "SIGCHLD",
        18 => "SIGCONT",
        19 => "SIGSTOP",
        20 => "SIGTSTP",
        21 => "SIGTTIN",
        22 => "SIGTTOU",
        23 => "SIGURG",
        SIGXCPU => "SIGXCPU",
        25 => "SIGXFSZ",
        26 => "SIGVTALRM",
        27 => "SIGPROF",
        28 => "SIGWINCH",
        29 => "SIGIO",
        30 => "SIGPWR",
        31 => "SIGSYS",
        SIGRTMIN => "SIGRTMIN",
        SIGRTMAX => "SIGRTMAX",
        > SIGRTMIN and <= SIGRTMIN + 15 => $"SIGRTMIN+{number - SIGRTMIN}",
        > SIGRTMIN + 15 and < SIGRTMAX => $"SIGRTMAX-{SIGRTMAX - number}",
        _ => $"signal {number}",
    };
}
