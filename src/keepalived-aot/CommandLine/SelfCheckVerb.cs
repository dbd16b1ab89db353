using System.CommandLine;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.CommandLine;

/// <summary><c>self-check</c>: does this binary, on this processor, read and write the packets it should?</summary>
internal static class SelfCheckVerb
{
    public static Command Make()
    {
        Command verb = new("self-check", "Check this binary's packet codecs against known packets");
        verb.SetAction(static _ => Run());
        return verb;
    }

    private static int Run()
    {
        if (!CodecSelfCheck.TryRun(out string failed))
        {
            StandardStreams.WriteError($"FAILED: {failed}\n");
            return ExitCode.InternalError;
        }
        StandardStreams.WriteOutput($"{CodecSelfCheck.Vectors.Length} vectors ok\n");
        return ExitCode.Success;
    }
}
