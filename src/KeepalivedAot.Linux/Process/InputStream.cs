using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>A file, a pipe or standard input, read piece by piece; what goes wrong ends it, and is a value.</summary>
public sealed unsafe class InputStream : Stream
{
    private const int StandardInput = 0;

    private readonly int _fd;
    private readonly string _name;
    private readonly bool _isOwned;

    private InputStream(int fd, string name, bool isOwned)
    {
        _fd = fd;
        _name = name;
        _isOwned = isOwned;
    }

    /// <summary>Why reading ended before the end.</summary>
    public OsError Failure { get; private set; }

    public static InputStream OpenStandardInput() => new(StandardInput, "standard input", isOwned: false);

    /// <param name="stream">Null when there is an error.</param>
    public static OsError Open(string path, out InputStream? stream)
    {
        stream = null;
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        int fd = open(native, O_RDONLY | O_CLOEXEC | O_NOCTTY, 0);
        if (fd < 0)
            return OsError.Last("open", path);
        stream = new InputStream(fd, path, isOwned: true);
        return OsError.None;
    }

    public override bool CanRead => true;
    public override bool CanSeek => false;
    public override bool CanWrite => false;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        if (Failure.IsError || buffer.IsEmpty)
            return 0;
        fixed (byte* start = buffer)
        {
            long count;
            do
                count = read(_fd, start, buffer.Length);
            while (count < 0 && Libc.LastErrno == Errno.EINTR);
            if (count < 0)
                Failure = OsError.Last("read", _name);
            return (int)Math.Max(0, count);
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        // Nothing is written.
    }

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (_isOwned)
            close(_fd);
        base.Dispose(disposing);
    }
}
