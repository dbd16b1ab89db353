using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KeepalivedAot.Tests.Linux;

/// <summary>
/// Starts the test program anew without the runtime's W^X when it runs with it. W^X maps code twice, as shared memory; the copy of the process
/// that a spawn makes under the JIT (see <c>Spawn</c>) would write into it, and the test program die much later.
/// The published program has no JIT and no such mapping.
/// </summary>
internal static unsafe partial class WriteXorExecute
{
    private const string Variable = "DOTNET_EnableWriteXorExecute";

    [ModuleInitializer]
    internal static void TurnOff()
    {
        if (Environment.GetEnvironmentVariable(Variable) == "0" || Environment.ProcessPath is not { } program)
            return;
        setenv(Variable, "0", 1);
        byte[] line = File.ReadAllBytes("/proc/self/cmdline");
        int count = line.Count(b => b == 0);
        fixed (byte* start = line)
        {
            byte** arguments = stackalloc byte*[count + 1];
            byte* at = start;
            for (int i = 0; i < count; i++)
            {
                arguments[i] = at;
                while (*at++ != 0)
                {
                }
            }
            arguments[count] = null;
            execv(program, arguments);
        }
        // Refused: the tests run all the same, only less safely.
    }

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int execv(string path, byte** arguments);
}
