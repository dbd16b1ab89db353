using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Tracking;

namespace KeepalivedAot.Config.Lints;

/// <summary>Tracked processes that can never be found.</summary>
internal static class ProcessLints
{
    /// <summary>TASK_COMM_LEN (linux/sched.h), less the NUL.</summary>
    private const int LongestName = 15;

    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        foreach (VrrpTrackProcessBlock block in configuration.TrackProcesses)
        {
            string name = block.Process!.Program;
            int length = Encoding.UTF8.GetByteCount(name);
            if (block.FullCommand || length <= LongestName)
                continue;
            diagnostics.Report(
                DiagnosticCatalogue.ProcessNameTooLong, block.Spans.Process,
                $"vrrp_track_process {block.Name}: no process is called '{name}', for that has {length} bytes",
                "add 'full_command' and write the command as it stands in the list of processes" + Shortened(name));
        }
    }

    // A path is no name, however short, and half a letter is none.
    private static string Shortened(string name)
        => name.Contains('/') || !Ascii.IsValid(name) ? "" : $", or write 'process {name[..LongestName]}'";
}
