using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Reports;

/// <summary>What an instance has been, as pieces of time.</summary>
internal static class Lane
{
    internal sealed record Piece(Instant From, Instant To, RouterState State, string Reason)
    {
        public Duration Length => To - From;
    }

    /// <summary>In their order, without gaps; what lasted no time is left out.</summary>
    public static List<Piece> Of(VirtualRouter.Member member, Instant end)
    {
        List<Piece> pieces = [];
        for (int i = 0; i < member.Phases.Count; i++)
        {
            VirtualRouter.Phase phase = member.Phases[i];
            Instant to = i + 1 < member.Phases.Count ? member.Phases[i + 1].Since : end;
            if (to > end)
                to = end;
            if (to > phase.Since)
                pieces.Add(new Piece(phase.Since, to, phase.State, phase.Reason));
        }
        return pieces;
    }
}
