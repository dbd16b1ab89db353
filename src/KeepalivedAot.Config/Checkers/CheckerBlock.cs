using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>What all checkers have that ask a server.</summary>
public abstract partial class CheckerBlock
{
    /// <summary>How many times a failed check is tried again before the server counts as down.</summary>
    [Keyword("retry", Since = "1.3.7", Default = "real server's value, else 1"), Range(0, 4294967295)]
    public long Retry { get; protected set; } = CheckerDefaults.NotGiven;

    /// <summary>Seconds to wait before a failed check is tried again.</summary>
    [Keyword("delay_before_retry", Since = "1.3.7", Default = "real server's value, else 1"), Seconds(Decimals = 6), Range(0.0, 4294967295.0)]
    public Duration DelayBeforeRetry { get; protected set; } = CheckerDefaults.Unset;

    /// <summary>The first check comes at a random time within this many seconds of the start; 0 is at once.</summary>
    [Keyword("warmup", Since = "1.2.13", Default = "real server's value, else delay_loop"), Seconds(Decimals = 6), Range(0.0, 4294967295.0)]
    public Duration Warmup { get; protected set; } = CheckerDefaults.Unset;

    /// <summary>Seconds between two checks.</summary>
    [Keyword("delay_loop", Since = "1.3.7", Default = "real server's value"), Seconds(Decimals = 6), Range(0.000001, 4294967295.0)]
    public Duration DelayLoop { get; protected set; } = CheckerDefaults.Unset;

    /// <summary>The server counts as down at the start, until this check has succeeded.</summary>
    [Keyword("alpha", Since = "1.3.7", Default = "real server's value", Optional = true)]
    public bool? Alpha { get; protected set; }

    /// <summary>Log every failed try, not only the one after which the server is taken out.</summary>
    [Keyword("log_all_failures", Since = "2.0.11", Default = "false", Optional = true)]
    public bool LogAllFailures { get; protected set; }

    private protected virtual long UsualRetry => 1;

    private protected virtual Duration UsualDelayBeforeRetry => CheckerDefaults.DelayBeforeRetry;

    /// <summary>False, which has been said then, when no packet can be sent to what it asks; known when it has inherited.</summary>
    internal virtual bool CanReachItsTarget => true;

    /// <summary>Takes over what is not said here: from the real server, which has it from the virtual server.</summary>
    internal virtual void Inherit(in Enclosing from)
    {
        DelayLoop = DelayLoop.Or(from.Server.DelayLoop);
        Retry = Retry.Or(from.Server.Retry.Or(UsualRetry));
        DelayBeforeRetry = DelayBeforeRetry.Or(from.Server.DelayBeforeRetry.Or(UsualDelayBeforeRetry));
        Warmup = Warmup.Or(from.Server.Warmup.Or(DelayLoop));
        Alpha ??= from.Server.Alpha;
    }
}
