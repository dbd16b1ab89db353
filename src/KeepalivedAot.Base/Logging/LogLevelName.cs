using System.Text;

namespace KeepalivedAot.Base.Logging;

/// <summary>What levels are called where a user reads or writes them.</summary>
public static class LogLevelName
{
    /// <summary>All of them, what matters most first.</summary>
    public static readonly IReadOnlyList<LogLevel> Levels =
        [LogLevel.Error, LogLevel.Warning, LogLevel.Notice, LogLevel.Info, LogLevel.Detail, LogLevel.ExtraDetail];

    /// <summary>All of them, for who has to choose: <c>error, warning, … or extra-detail</c>.</summary>
    public static string Choice => $"{string.Join(", ", Words[..^1])} or {Words[^1]}";

    /// <summary>The names, in the order of <see cref="Levels"/>.</summary>
    public static string[] Words => [.. Levels.Select(static level => Encoding.ASCII.GetString(Of(level)))];

    public static ReadOnlySpan<byte> Of(LogLevel level) => level switch
    {
        LogLevel.Error => "error"u8,
        LogLevel.Warning => "warning"u8,
        LogLevel.Notice => "notice"u8,
        LogLevel.Info => "info"u8,
        LogLevel.Detail => "detail"u8,
        _ => "extra-detail"u8,
    };

    /// <returns>False for what is none of these names.</returns>
    public static bool TryParse(ReadOnlySpan<byte> name, out LogLevel level)
    {
        foreach (LogLevel candidate in Levels)
        {
            level = candidate;
            if (name.SequenceEqual(Of(candidate)))
                return true;
        }
        level = default;
        return false;
    }
}
