using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>One file that is being dumped: step by step it is written, and at the end put in its place.</summary>
/// <param name="text">Where the steps put what is to be written.</param>
internal sealed class DumpFile(string path, IEnumerable<bool> steps, DumpText text) : IDisposable
{
    // Small steps go out together.
    private const int PieceLength = 8 * 1024;

    private readonly IEnumerator<bool> _steps = steps.GetEnumerator();
    private ReplacementFile? _file;

    /// <summary>What is to be done when the file is in its place.</summary>
    public Action? OnWritten { get; init; }

    /// <summary>What was refused, if anything was. Then the old file is as it was.</summary>
    public OsError Failure { get; private set; }

    /// <summary>Goes one step on.</summary>
    /// <returns>False when there is no more to be done, for good or ill.</returns>
    public bool Step()
    {
        if (_file is null)
            Failure = ReplacementFile.Open(path, out _file);
        if (Failure.IsError)
            return false;
        bool isThereMore = _steps.MoveNext();
        if (!isThereMore || text.Bytes.Length >= PieceLength)
            Failure = WriteOut();
        if (isThereMore || Failure.IsError)
            return !Failure.IsError;
        Failure = _file!.Commit();
        if (!Failure.IsError)
            OnWritten?.Invoke();
        return false;
    }

    public void Dispose()
    {
        _steps.Dispose();
        _file?.Dispose();
    }

    private OsError WriteOut()
    {
        OsError failure = _file!.Write(text.Bytes);
        text.Clear();
        return failure;
    }
}
