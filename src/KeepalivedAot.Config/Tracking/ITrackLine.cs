using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Tracking;

/// <summary>What lines of all <c>track_*</c> lists have.</summary>
public interface ITrackLine
{
    /// <summary>What is tracked.</summary>
    string Name { get; }

    SourceSpan NameSpan { get; }

    /// <summary>Change of the priority; 0 is a fault.</summary>
    int? Weight { get; }

    /// <summary>What is tracked had been defined when the line was read.</summary>
    bool IsResolved { get; }

    /// <summary>Makes a change of the priority a fault.</summary>
    void DropWeight();
}
