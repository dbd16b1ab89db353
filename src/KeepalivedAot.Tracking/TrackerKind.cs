namespace KeepalivedAot.Tracking;

/// <summary>What can be tracked.</summary>
public enum TrackerKind : byte
{
    Interface,
    Script,
    File,
    Process,
    Bfd,
}
