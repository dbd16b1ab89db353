using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>Somebody who was heard to speak for a virtual router.</summary>
internal sealed class Speaker(Sighting first, bool isOwn)
{
    private readonly List<string> _problems = [];

    /// <summary>The last packet.</summary>
    public Sighting Last { get; private set; } = first;

    /// <summary>This host.</summary>
    public bool IsOwn { get; } = isOwn;

    public long Count { get; private set; }

    /// <summary>The last priority that was not 0; 0 when there was none.</summary>
    public byte Priority { get; private set; }

    /// <summary>It gave its role up.</summary>
    public bool HasReleased { get; private set; }

    public IReadOnlyList<string> Problems => _problems;

    public IpAddress Source => Last.Source;

    public void Add(Sighting seen, VrrpFault fault, PacketMismatch mismatch)
    {
        Last = seen;
        Count++;
        HasReleased = seen.Priority == 0;
        if (seen.Priority != 0)
            Priority = seen.Priority;
        if (fault == VrrpFault.Checksum)
            AddProblem($"checksum {SightingText.Checksum(seen.Checksum)}");
        else if (fault != VrrpFault.None)
            AddProblem(FaultText.Explain(fault, mismatch));
    }

    public void AddProblem(string problem)
    {
        const int Most = 8;
        if (_problems.Count < Most && !_problems.Contains(problem))
            _problems.Add(problem);
    }
}
