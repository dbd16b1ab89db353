using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>How often an instance has changed its state for each of the causes. What others are told of counts, and nothing else.</summary>
internal sealed class TransitionCounts
{
    public static readonly int CauseCount = Enum.GetValues<TransitionCause>().Length;

    private readonly uint[] _counts = new uint[CauseCount];

    public uint this[TransitionCause cause] => _counts[(int)cause];

    public void Count(TransitionCause cause) => _counts[(int)cause]++;
}
