namespace KeepalivedAot.Linux.Logging;

/// <summary>Events of the log itself; their numbers are unique in the program.</summary>
public static class LogEvents
{
    /// <summary>Lines did not reach one of the places that they were for.</summary>
    public const int LinesDropped = 320;
}
