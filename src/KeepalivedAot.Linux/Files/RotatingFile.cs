using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>Lines that are added at the end of a file; one that is full is kept beside it as <c>NAME.1</c>, in the place of the one before.</summary>
/// <remarks>
/// Together both are never longer than what they may be. Nothing is forced to the disk, which would hold the caller up: what was written survives the
/// process at once, and the host after the time that the kernel takes (some 30 s). A line that was cut off by a crash is ended when the file is opened.
/// </remarks>
public sealed unsafe class RotatingFile : IDisposable
{
    private const int NotOpen = -1;
    private const int Mode = 0x1A0; // 0640

    private readonly string _path;
    private int _descriptor = NotOpen;
    private long _length;

    private RotatingFile(string path) => _path = path;

    /// <summary>How many bytes both files may have together.</summary>
    public long Limit { get; set; } = 1 << 20;

    public bool IsOpen => _descriptor >= 0;

    /// <summary>The file before this one.</summary>
    public static string FormerOf(string path) => $"{path}.1";

    /// <summary>Nothing is opened before the first line.</summary>
    public static RotatingFile At(string path) => new(path);

    /// <summary>Adds whole lines, with their line feeds.</summary>
    /// <returns>Among others ENOSPC, EROFS, ENOENT for the directory; ELOOP for a symbolic link. The lines are not in the file then.</returns>
    public OsError Write(ReadOnlySpan<byte> lines)
    {
        OsError failure = IsOpen ? OsError.None : Open();
        if (!failure.IsError && _length > 0 && _length + lines.Length > Limit / 2)
            failure = Rotate();
        if (failure.IsError)
            return failure;
        failure = SmallFile.Fill(_descriptor, _path, lines);
        if (!failure.IsError)
        {
            _length += lines.Length;
            return failure;
        }
        // What was taken of them would be there twice when they are written again. Where that cannot be undone, opening it again ends half a line.
        _ = ftruncate(_descriptor, _length);
        Close();
        return failure;
    }

    /// <summary>The file is opened anew by the next line.</summary>
    public void Close()
    {
        if (IsOpen)
            close(_descriptor);
        _descriptor = NotOpen;
    }

    public void Dispose() => Close();

    private OsError Open()
    {
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError failure = OsError.Of("open", _path, NativePath.Encode(_path, new Span<byte>(native, NativePath.Capacity)));
        if (failure.IsError)
            return failure;
        int descriptor = open(native, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC, (mode_t)Mode);
        if (descriptor < 0)
            return OsError.Last("open", _path);
        if (!FileIdentity.OfDescriptor(descriptor).IsType(Libc.S_IFREG))
        {
            close(descriptor);
            return new OsError("open", _path, Errno.EINVAL);
        }
        _descriptor = descriptor;
        _length = Math.Max(0, lseek(descriptor, 0, SEEK_END));
        return EndLastLine();
    }

    private OsError EndLastLine()
    {
        byte last = (byte)'\n';
        if (_length > 0 && pread(_descriptor, &last, 1, _length - 1) < 0)
            return Fail(OsError.Last("pread", _path));
        if (last == (byte)'\n')
            return OsError.None;
        OsError failure = SmallFile.Fill(_descriptor, _path, "\n"u8);
        if (failure.IsError)
            return Fail(failure);
        _length++;
        return OsError.None;
    }

    private OsError Rotate()
    {
        OsError failure = FileSystem.Rename(_path, FormerOf(_path));
        if (failure.IsError)
            return failure;
        Close();
        return Open();
    }

    private OsError Fail(OsError failure)
    {
        Close();
        return failure;
    }
}
