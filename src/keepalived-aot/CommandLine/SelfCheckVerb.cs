using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.CommandLine;

/// <summary><c>self-check</c>: does this binary, on this processor, read and write the packets it should?</summary>
internal static class SelfCheckVerb
{
    public static int Run()
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
