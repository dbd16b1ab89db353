using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>How often an instance has changed its state for each of the causes. What others are told of counts, and nothing else.</summary>
internal sealed class TransitionCounts
{
    // The last one of the enumeration.
    public const int CauseCount = (int)TransitionCause.GroupInFault + 1;

    private readonly uint[] _counts = new uint[CauseCount];

    public uint this[TransitionCause cause] => _counts[(int)cause];

    public void Count(TransitionCause cause) => _counts[(int)cause]++;
}
