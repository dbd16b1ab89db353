using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>One run of a program from its start to its end, in the caller's namespaces, its output thrown away.</summary>
/// <param name="PeakMegabytes">The largest resident set (VmHWM) of a <see cref="Weighed"/> run; 0 of a <see cref="Timed"/> one.</param>
internal sealed unsafe partial record MeasuredRun(TimeSpan Elapsed, double PeakMegabytes, int ExitCode)
{
    private const int FileActionsLength = 128;
    private const int WriteOnly = 1;
    private const int WaitForAll = 0x40000000; // __WALL

    // linux/ptrace.h
    private const int TraceContinue = 7;
    private const int TraceSeize = 0x4206;
    private const int TraceExit = 0x40;
    private const int ExitStop = 6;

    /// <summary>A run that nothing disturbs.</summary>
    public static MeasuredRun Timed(string program, params string[] arguments) => Run(program, arguments, isWeighed: false);

    /// <summary>A run that is held for a moment when it ends, to read how much memory it had.</summary>
    /// <remarks>Not ru_maxrss: that of a program which posix_spawn has started begins with the caller's own.</remarks>
    public static MeasuredRun Weighed(string program, params string[] arguments) => Run(program, arguments, isWeighed: true);

    private static MeasuredRun Run(string program, string[] arguments, bool isWeighed)
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
        if (isWeighed && Trace(TraceSeize, process, 0, TraceExit) != 0)
            throw new LabException($"{program} cannot be traced: {Marshal.GetLastPInvokeErrorMessage()}");
        double peak = 0;
        int status;
        while (true)
        {
            if (Wait(process, &status, WaitForAll, null) != process)
                throw new LabException($"wait for {program}: {Marshal.GetLastPInvokeErrorMessage()}");
            bool isStopped = (status & 0xFF) == 0x7F;
            if (!isStopped)
                break;
            bool ends = status >> 16 == ExitStop;
            if (ends)
                peak = Math.Max(peak, PeakOf(process));
            Trace(TraceContinue, process, 0, ends ? 0 : (status >> 8) & 0xFF);
        }
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        FileActionsDestroy(actions);
        int signal = status & 0x7F;
        return new MeasuredRun(elapsed, peak, signal != 0 ? 128 + signal : (status >> 8) & 0xFF);
    }

    // VmHWM is in KiB.
    private static double PeakOf(int process)
    {
        string line = File.ReadLines($"/proc/{process}/status").First(static l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1.024 / 1000;
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

    [LibraryImport("libc", EntryPoint = "ptrace", SetLastError = true)]
    private static partial long Trace(long request, long process, long address, long data);

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
