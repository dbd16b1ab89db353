using System.Runtime.InteropServices;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary>What <c>-v</c> prints; the first line begins as keepalived's does.</summary>
internal static class VersionText
{
    public static string Make()
    {
        KernelVersion kernel = SystemInfo.Kernel;
        return $"""
            {ProductVersion.Line}

            Running on {kernel.System} {kernel.Release} {kernel.Version}
            Built for {RuntimeInformation.RuntimeIdentifier}, one static program, MIT licence

            """;
    }
}
