using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Linux.Loop;

/// <summary>Whoever reads a descriptor that the <see cref="EventLoop"/> watches.</summary>
public interface IEventSource
{
    /// <summary>The descriptor is readable, has an error or was hung up: read it, without blocking.</summary>
    /// <remarks>
    /// The loop is level triggered: a source that does not read what there is (or does not remove itself after an
    /// error or end of file) is called again in the next turn. It may add and remove sources here, itself included.
    /// </remarks>
    /// <param name="now">The clock after the loop woke up.</param>
    /// <param name="budget">Take at most so many messages (datagrams, records); at least 1.</param>
    DrainResult OnReadable(Instant now, int budget);
}

/// <summary>What a source did with its budget.</summary>
/// <param name="Taken">How many messages it took.</param>
/// <param name="MayHaveMore">The budget ended before the input did; false when the kernel said EAGAIN.</param>
public readonly record struct DrainResult(int Taken, bool MayHaveMore)
{
    public static DrainResult Empty(int taken) => new(taken, false);

    public static DrainResult More(int taken) => new(taken, true);
}

/// <summary>When in a turn a source is read.</summary>
public enum SourceOrder
{
    /// <summary>Packets and kernel notifications: before anything else.</summary>
    Input,

    /// <summary>Commands to the daemon (signals, control connections, ended scripts): when all input was read.</summary>
    AfterInput,
}

/// <summary>Whoever has something to finish when a turn ends: output that was gathered during it is sent here.</summary>
public interface ITurnEnd
{
    /// <summary>Called once in every turn, after the timers; timers may be armed here.</summary>
    void OnTurnEnd(Instant now);
}

/// <summary>How much one turn may do, so that no source can starve the others or the timers.</summary>
/// <param name="Slice">Messages that one source may take before the next one has its turn.</param>
/// <param name="InputPerTurn">Messages of all <see cref="SourceOrder.Input"/> sources together before due timers fire.</param>
/// <param name="TimersPerTurn">Timers that may fire before input is looked at again.</param>
public readonly record struct EventLoopLimits(int Slice, int InputPerTurn, int TimersPerTurn)
{
    public static readonly EventLoopLimits Default = new(Slice: 32, InputPerTurn: 2048, TimersPerTurn: 1024);
}
