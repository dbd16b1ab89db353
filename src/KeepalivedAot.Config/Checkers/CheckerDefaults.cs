using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Config.Checkers;

/// <summary>What nobody has written, and what it is then.</summary>
public static class CheckerDefaults
{
    // Nobody can write these, so they mean that nothing was written.
    internal const long NotGiven = -1;
    internal static readonly Duration Unset = new(-1);

    public const string HeloName = "smtpchecker.keepalived.org";
    public static readonly Duration ConnectTimeout = Duration.FromSeconds(5);
    public static readonly Duration DelayLoop = Duration.FromSeconds(60);
    public static readonly Duration DelayBeforeRetry = Duration.FromSeconds(1);
    public static readonly Duration HttpDelayBeforeRetry = Duration.FromSeconds(3);

    internal static Duration Or(this Duration given, Duration otherwise) => given == Unset ? otherwise : given;

    internal static long Or(this long given, long otherwise) => given == NotGiven ? otherwise : given;
}
