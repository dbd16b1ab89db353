using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Recording;

/// <summary>Where a record goes. The one before it is kept: after a crash it is the one that is wanted, and the daemon has been started again.</summary>
internal static class RecordFile
{
    private const int Mebibyte = 1 << 20;

    /// <summary>A record that cannot be made is no reason not to run.</summary>
    /// <returns>Null: none is wanted, or none can be made.</returns>
    public static VrrpRecorder? Open(DaemonOptions options, Log log)
    {
        if (options.RecordFile is not { } given)
            return null;
        string path = Path.GetFullPath(given);
        OsError failure = PutAside(path);
        RecordText? text = failure.IsError ? null : RecordText.Create(path, (int)Math.Min((long)options.RecordLimit * Mebibyte, int.MaxValue), log, out failure);
        if (text is null)
        {
            log.Write(LogLevel.Error, EventIds.Recording, $"There is no record: {failure}");
            return null;
        }
        log.Write(LogLevel.Info, EventIds.Recording, $"Recording into {path}, {options.RecordLimit} MiB at most");
        return VrrpRecorder.Into(text, ProductVersion.Line);
    }

    // Nothing else than a record is moved out of the way.
    private static OsError PutAside(string path)
    {
        byte[] header = Encoding.ASCII.GetBytes(RecordText.Header + '\n');
        OsError failure = FileReader.TryReadStart(path, header.Length, out byte[] start);
        if (failure.Errno == Errno.ENOENT)
            return OsError.None;
        if (failure.IsError)
            return failure;
        if (start.Length > 0 && !start.AsSpan().SequenceEqual(header))
            return new OsError("open", path, Errno.EEXIST);
        return FileSystem.Rename(path, $"{path}.1");
    }
}
