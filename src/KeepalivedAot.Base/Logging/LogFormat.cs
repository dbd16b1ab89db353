namespace KeepalivedAot.Base.Logging;

/// <summary>How lines on the console and in the log file are written.</summary>
public enum LogFormat : byte
{
    /// <summary>As keepalived writes them: the local time, a colon, the text.</summary>
    Plain,

    /// <summary>One JSON object (RFC 8259) on each line.</summary>
    Json,
}
