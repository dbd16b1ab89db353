namespace KeepalivedAot.Base.Time;

/// <summary>Names one timer of one <see cref="TimerQueue"/>.</summary>
public readonly record struct TimerHandle
{
    internal TimerHandle(int index) => Index = index;

    internal int Index { get; }
}
