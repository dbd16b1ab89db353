using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Daemon.Planning;

/// <summary>Whether a reload takes a configuration, by what is wrong in it.</summary>
internal static class ReadingErrors
{
    /// <summary>What could not be read, without the places.</summary>
    public static HashSet<string> Of(LoadResult read)
        => [.. read.Diagnostics.Where(static d => d.Severity == Severity.Error && d.Kind.IsOfReading).Select(static d => $"{d.Code} {d.Message}")];

    /// <summary>
    /// It cannot be run, or has an error that the running one does not have. keepalived would go on with what it understood of a wrong file, and
    /// a typing error becomes an election. A start has no choice but to do so too; a reload has the old configuration. What was wrong already is
    /// no reason to refuse anything, nor is what was understood and is decided by rules: a script that nothing tracks, a group of one.
    /// </summary>
    /// <param name="known">Those of the running one.</param>
    public static bool Refuse(LoadResult next, HashSet<string> known) => !next.CanRun || !Of(next).IsSubsetOf(known);
}
