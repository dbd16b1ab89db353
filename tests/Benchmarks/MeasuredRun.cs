using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Benchmarks;

/// <summary>One run of a program from its start to its end, in the caller's namespaces, its output thrown away.</summary>
/// <param name="ExitCode">128 and more: the signal that ended it.</param>
/// <param name="PeakMegabytes">
/// The largest resident set that was seen: the kernel's own high-water mark, read every millisecond until the end; 0 when nobody
/// watched. Not ru_maxrss, which a process takes over from whoever spawned it, and that is a large one here.
/// </param>
internal sealed unsafe partial record MeasuredRun(TimeSpan Elapsed, double PeakMegabytes, int ExitCode)
{
    private const int FileActionsLength = 128;
    private const int WriteOnly = 1;
    private const int NoHang = 1;
    private const string HighWaterMark = "VmHWM:";
    private const int KillSignal = 9;

    public static MeasuredRun Of(string program, params string[] arguments) => Of(null, program, arguments);

    /// <summary>The same, with the peak of its memory.</summary>
    /// <param name="limit">When it has not ended by then, it is killed.</param>
    public static MeasuredRun Watch(TimeSpan limit, string program, params string[] arguments) => Of(limit, program, arguments);

    private static MeasuredRun Of(TimeSpan? limit, string program, string[] arguments)
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
        bool isWatched = limit is not null;
        double peak = 0;
        int status;
        int ended;
        while ((ended = Wait(process, &status, isWatched ? NoHang : 0)) == 0)
        {
            peak = Math.Max(peak, PeakOf(process));
            if (Stopwatch.GetElapsedTime(start) > limit)
            {
                _ = Kill(process, KillSignal);
                limit = null;
            }
            Thread.Sleep(1);
        }
        if (ended != process)
            throw new LabException($"wait for {program}: {Marshal.GetLastPInvokeErrorMessage()}");
        TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
        FileActionsDestroy(actions);
        return new MeasuredRun(elapsed, peak, ExitCodeOf(status));
    }

    private static double PeakOf(int process)
    {
        try
        {
            foreach (string line in File.ReadLines($"/proc/{process}/status"))
            {
                if (line.StartsWith(HighWaterMark, StringComparison.Ordinal))
                    return double.Parse(line.AsSpan(HighWaterMark.Length).TrimEnd("kB "), CultureInfo.InvariantCulture) * 1.024 / 1000;
            }
        }
        catch (IOException)
        {
            // It has ended meanwhile.
        }
        return 0;
    }

    // As a shell has it: 128 and the signal that ended it.
    private static int ExitCodeOf(int status) => (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F);

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

    [LibraryImport("libc", EntryPoint = "waitpid", SetLastError = true)]
    private static partial int Wait(int process, int* status, int options);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

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
