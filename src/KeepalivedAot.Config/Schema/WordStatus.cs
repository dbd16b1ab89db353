namespace KeepalivedAot.Config.Schema;

/// <summary>What became of a word.</summary>
public enum WordStatus : byte
{
    Current,
    Alias,
    Deprecated,

    /// <summary>Accepted, and nothing comes of it.</summary>
    NoEffect,
}
