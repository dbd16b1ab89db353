namespace KeepalivedAot.Tracking;

/// <summary>What kind of thing a <see cref="TrackerReading"/> says.</summary>
public enum TrackerCondition : byte
{
    Unknown,
    Bad,
    Good,

    /// <summary>A file's number.</summary>
    Number,

    /// <summary>It is looked at no more, or cannot be.</summary>
    Absent,
}
