using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Tracking.Processes;

/// <summary>Finds the processes that are meant in <c>/proc</c>: one of them, or all. Allocates nothing while nothing new is found.</summary>
internal sealed class ProcessSearch : IDisposable
{
    // The kernel's names have at most 15 bytes, and a newline.
    private const int NameLength = 16;

    private readonly ProcDirectory _directory;
    private readonly byte[] _name = new byte[NameLength];
    private ProcessKind[] _kinds = [];
    private byte[] _commandLine = [];
    private bool _usesNames;

    private ProcessSearch(ProcDirectory directory) => _directory = directory;

    /// <returns>ENOENT where <c>/proc</c> is not mounted.</returns>
    public static OsError Open(out ProcessSearch? search)
    {
        OsError failure = ProcDirectory.Open(out ProcDirectory? directory);
        search = failure.IsError ? null : new ProcessSearch(directory!);
        return failure;
    }

    /// <summary>What is looked for from now on. A search that is under way is given up: it began with others.</summary>
    public void SetKinds(ProcessKind[] kinds)
    {
        _kinds = kinds;
        _usesNames = Array.Exists(kinds, kind => !kind.Pattern.UsesCommandLine);
        _commandLine = new byte[kinds.Where(kind => kind.Pattern.UsesCommandLine).Select(kind => kind.Pattern.LongestText).DefaultIfEmpty(0).Max()];
        IsUnderWay = false;
    }

    /// <summary>Which search this is. It changes when one begins.</summary>
    public int Number { get; private set; }

    /// <summary>A search of all processes has begun and not ended.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>Begins to look through all processes.</summary>
    public void Begin()
    {
        Number++;
        IsUnderWay = true;
        _directory.Rewind();
    }

    /// <summary>Goes on for so many processes; after the last one those are dropped that were not met.</summary>
    public void Continue(int processes)
    {
        for (; processes > 0; processes--)
        {
            int pid = _directory.Next();
            if (pid == 0)
            {
                IsUnderWay = false;
                foreach (ProcessKind kind in _kinds)
                    kind.DropUnseen(Number);
                return;
            }
            Look(pid);
        }
    }

    public void Dispose() => _directory.Dispose();

    /// <summary>Looks which kinds one process is of; none when it is gone.</summary>
    public void Look(int pid)
    {
        // A failure is one that has ended in between, or that we may not see: of no kind either way.
        int nameLength = 0;
        if (_usesNames && (ProcDirectory.ReadName(pid, _name, out nameLength) != Errno.None || MayBeEnded(pid, nameLength)))
            nameLength = 0;
        int commandLength = 0;
        if (_commandLine.Length > 0)
            ProcDirectory.ReadCommandLine(pid, _commandLine, out commandLength);
        foreach (ProcessKind kind in _kinds)
        {
            ReadOnlySpan<byte> text = kind.Pattern.UsesCommandLine
                ? _commandLine.AsSpan(0, Math.Min(commandLength, kind.Pattern.LongestText))
                : _name.AsSpan(0, nameLength);
            kind.Set(pid, !text.IsEmpty && kind.Pattern.Matches(text), Number);
        }
    }

    // What has ended and was not awaited yet keeps its name. Only asked of those that would match.
    private bool MayBeEnded(int pid, int nameLength)
    {
        foreach (ProcessKind kind in _kinds)
        {
            if (!kind.Pattern.UsesCommandLine && kind.Pattern.Matches(_name.AsSpan(0, nameLength)))
                return ProcDirectory.HasEnded(pid);
        }
        return false;
    }
}
