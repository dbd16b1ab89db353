using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>One run of a program from its start to its end, in the caller's namespaces, its output thrown away.</summary>
/// <param name="PeakMegabytes">The largest resident set, as the kernel counts it (ru_maxrss).</param>
internal sealed unsafe partial record MeasuredRun(TimeSpan Elapsed, double PeakMegabytes, int ExitCode)
{
    // struct rusage: two struct timeval, then ru_maxrss in KiB.
    private const int UsageWords = 18;
    private const int MaxRssWord = 4;
    private const int FileActionsLength = 128;
    private const int WriteOnly = 1;

    public static MeasuredRun Of(string program, params string[] arguments)
    {
        using Words argv = new([program, .. arguments]);
        using Words envp = new(["PATH=/usr/sbin:/usr/bin:/sbin:/bin"]);
        byte* actions = stackalloc byte[FileActionsLength];
        Check(FileActionsInit(actions));
        for (int descriptor = 1; descriptor <= 2; descriptor++)
            Check(FileActionsAddOpen(actions, descriptor, "/dev/null", WriteOnly, 0));
        long start = Stopwatch.GetTimestamp();
        int error = Spawn(out int process, program, actions, null, argv.Pointer, envp.Pointer);
        if (error != 0)
            throw new LabException($"{program}: {Marshal.GetPInvokeErrorMessage(error)}");
        long* usage = stackalloc long[UsageWords];
        int status;
        if (Wait(process, &status, 0, usage) != process)
            throw new LabException($"wait for {program}: {Marshal.GetLastPInvokeErrorMessage()}");
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        FileActionsDestroy(actions);
        return new MeasuredRun(elapsed, usage[MaxRssWord] * 1.024 / 1000, (status >> 8) & 0xFF);
    }

    private static void Check(int error)
    {
        if (error != 0)
            throw new LabException($"posix_spawn: {Marshal.GetPInvokeErrorMessage(error)}");
    }

    [LibraryImport("libc", EntryPoint = "posix_spawn", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Spawn(out int process, string path, byte* actions, void* attributes, byte** argv, byte** envp);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_init")]
    private static partial int FileActionsInit(byte* actions);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_addopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileActionsAddOpen(byte* actions, int descriptor, string path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "posix_spawn_file_actions_destroy")]
    private static partial int FileActionsDestroy(byte* actions);

    [LibraryImport("libc", EntryPoint = "wait4", SetLastError = true)]
    private static partial int Wait(int process, int* status, int options, long* usage);

    // A null-terminated array of C strings.
    private sealed class Words : IDisposable
    {
        private readonly int _count;

        public Words(string[] words)
        {
            _count = words.Length;
            Pointer = (byte**)NativeMemory.AllocZeroed((nuint)(_count + 1), (nuint)sizeof(byte*));
            for (int i = 0; i < _count; i++)
            {
                byte[] text = Encoding.UTF8.GetBytes(words[i]);
                Pointer[i] = (byte*)NativeMemory.AllocZeroed((nuint)text.Length + 1);
                text.CopyTo(new Span<byte>(Pointer[i], text.Length));
            }
        }

        public byte** Pointer { get; }

        public void Dispose()
        {
            for (int i = 0; i < _count; i++)
                NativeMemory.Free(Pointer[i]);
            NativeMemory.Free(Pointer);
        }
    }
}
