using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>The lines of a file as long as it was when it was opened, one after the other, without having all of it in memory.</summary>
/// <remarks>What is behind the last line feed is no line, nor is what is longer than <see cref="LongestLine"/>.</remarks>
public sealed unsafe class LineFile : IDisposable
{
    public const int LongestLine = 256 << 10;

    private readonly string _path;
    private readonly int _descriptor;
    private readonly long _length;
    private readonly byte[] _buffer = new byte[LongestLine];
    private long _position;
    private int _start;
    private int _end;
    private bool _isTooLong;

    private LineFile(string path, int descriptor)
    {
        _path = path;
        _descriptor = descriptor;
        _length = Math.Max(0, lseek(descriptor, 0, SEEK_END));
    }

    /// <summary>What ended the reading before the end of the file.</summary>
    public OsError Failure { get; private set; }

    /// <returns>Null: among others ENOENT, EACCES, and EINVAL for what is no file.</returns>
    public static LineFile? Open(string path, out OsError failure)
    {
        int descriptor = FileReader.OpenRegular(path, out failure);
        return descriptor < 0 ? null : new LineFile(path, descriptor);
    }

    /// <summary>The next line, without its line feed. Valid until the next call.</summary>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        while (true)
        {
            Span<byte> there = _buffer.AsSpan(_start, _end - _start);
            int feed = there.IndexOf((byte)'\n');
            if (feed >= 0)
            {
                _start += feed + 1;
                line = there[..feed];
                if (!_isTooLong)
                    return true;
                _isTooLong = false;
                continue;
            }
            if (there.Length == _buffer.Length)
            {
                _isTooLong = true;
                _start = _end;
            }
            if (!Fill())
            {
                line = default;
                return false;
            }
        }
    }

    /// <summary>From the first line again.</summary>
    public void Rewind()
    {
        _position = 0;
        _start = _end = 0;
        _isTooLong = false;
        Failure = OsError.None;
    }

    public void Dispose() => close(_descriptor);

    private bool Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        int wanted = (int)Math.Min(_buffer.Length - _end, _length - _position);
        long count;
        do
        {
            fixed (byte* start = _buffer)
                count = wanted == 0 ? 0 : pread(_descriptor, start + _end, wanted, _position);
        }
        while (count < 0 && Libc.LastErrno == Errno.EINTR);
        if (count < 0)
            Failure = OsError.Last("pread", _path);
        if (count <= 0)
            return false;
        _position += count;
        _end += (int)count;
        return true;
    }
}
