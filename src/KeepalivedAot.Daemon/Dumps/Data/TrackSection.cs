using KeepalivedAot.Config.Tracking;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary>The lists of what an instance or a sync group tracks.</summary>
internal static class TrackSection
{
    public static void Add(DumpText text, TrackedLines tracked, bool isGroup)
    {
        if (tracked.Interfaces is { Count: > 0 } interfaces)
        {
            text.Line("   Tracked interfaces :"u8);
            foreach (TrackedInterface line in interfaces)
                text.Line($"     {line.Name} weight {line.Weight ?? 0}{Reverse(line.IsReversed)}");
        }
        if (tracked.Scripts is { Count: > 0 } scripts)
        {
            text.Line("   Tracked scripts :"u8);
            foreach (TrackedScript line in scripts)
                text.Line($"     {line.Name} weight {line.Weight ?? 0}{Reverse(line.IsReversed)}");
        }
        if (tracked.Files is { Count: > 0 } files)
        {
            text.Line("   Tracked files :"u8);
            foreach (TrackedFile line in files)
                text.Line($"     {line.Name}, weight {line.Weight ?? 0}{Reverse(line.IsReversed)}");
        }
        if (tracked.Processes is { Count: > 0 } processes)
        {
            text.Line(isGroup ? "   Tracked process :"u8 : "   Tracked processes :"u8);
            foreach (TrackedProcess line in processes)
                text.Line($"     {line.Name}, weight {line.Weight ?? 0}{Reverse(line.IsReversed)}");
        }
        if (tracked.Sessions is { Count: > 0 } sessions)
        {
            text.Line("   Tracked BFDs :"u8);
            foreach (TrackedBfd line in sessions)
                text.Line($"     {line.Name}: weight {line.Weight ?? 0}{Reverse(line.IsReversed)}");
        }
    }

    private static string Reverse(bool isReversed) => isReversed ? " reverse" : "";
}
