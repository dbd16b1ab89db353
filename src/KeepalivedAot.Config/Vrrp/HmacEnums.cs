using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>How an advertisement that was recorded is told from a new one.</summary>
public enum AntiReplay : byte
{
    /// <summary>By the sender's clock.</summary>
    [Word("time")] Time,

    /// <summary>By a number that grows.</summary>
    [Word("monotonic")] Monotonic,
}

/// <summary>What is done with advertisements without authentication.</summary>
public enum HmacMode : byte
{
    /// <summary>They are dropped.</summary>
    [Word("enforce")] Enforce,

    /// <summary>They are logged and accepted.</summary>
    [Word("permissive")] Permissive,

    /// <summary>They are accepted, and ours have none either.</summary>
    [Word("receive-only")] ReceiveOnly,
}
