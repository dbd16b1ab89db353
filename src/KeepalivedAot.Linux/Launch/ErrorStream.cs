using System.Globalization;
using System.Text.Unicode;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Launch;

/// <summary>The standard error of one child: read while it runs, of which the last line is kept.</summary>
/// <remarks>
/// <para>
/// The child writes through a descriptor that is open for reading as well (O_RDWR of the pipe, by /proc/self/fd). So whoever it leaves
/// behind can go on writing when we have stopped reading, without SIGPIPE: what it writes is lost when the pipe is full.
/// </para>
/// <para>
/// One that prints without end is read at most <see cref="MostPerPeriod"/> bytes; then somebody has to call <see cref="Allow"/> for more, and
/// meanwhile it waits in its write.
/// </para>
/// </remarks>
public sealed unsafe class ErrorStream : IEventSource
{
    /// <summary>As much as a pipe holds by default.</summary>
    public const int MostPerPeriod = 64 << 10;

    private const int LongestLine = 200;
    private const int ChunkLength = 4096;
    private const int F_SETFL = 4;

    private readonly byte[] _line = new byte[LongestLine];
    private int _lineLength;
    private bool _lineIsComplete;
    private int _left;

    /// <summary>Our end; add it to the loop. -1 while closed.</summary>
    public int Fd { get; private set; } = -1;

    /// <summary>The child's end.</summary>
    public int WriteFd { get; private set; } = -1;

    /// <summary>All of this period was used up: take it out of the loop until the next.</summary>
    public bool IsExhausted => _left <= 0;

    /// <summary>Called when a period is used up, from within the loop.</summary>
    public Action? OnExhausted { get; set; }

    /// <summary>The last line that is not empty, without what makes no text.</summary>
    public ReadOnlySpan<byte> LastLine => _line.AsSpan(0, _lineLength);

    public Errno Open()
    {
        Invariant.Require(Fd < 0, "a stream is closed before it is opened again");
        int* ends = stackalloc int[2];
        if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
            return Libc.LastErrno;
        byte* path = stackalloc byte[32];
        Utf8.TryWrite(new Span<byte>(path, 31), CultureInfo.InvariantCulture, $"/proc/self/fd/{ends[1]}", out int length);
        path[length] = 0;
        WriteFd = open(path, O_RDWR | O_CLOEXEC, 0);
        Errno error = WriteFd < 0 ? Libc.LastErrno : Errno.None;
        close(ends[1]);
        if (error != Errno.None)
        {
            close(ends[0]);
            return error;
        }
        Fd = ends[0];
        _lineLength = 0;
        _lineIsComplete = true;
        _left = MostPerPeriod;
        return Errno.None;
    }

    /// <summary>Begins another period.</summary>
    public void Allow() => _left = MostPerPeriod;

    public DrainResult OnReadable(Instant now, int budget)
    {
        int chunks = 0;
        while (chunks < budget && ReadChunk())
            chunks++;
        if (IsExhausted)
            OnExhausted?.Invoke();
        return DrainResult.Empty(chunks);
    }

    /// <summary>The child has ended: takes what is there, at most a pipe's worth, and closes. <see cref="LastLine"/> stays.</summary>
    public void Close()
    {
        if (Fd < 0)
            return;
        Allow();
        while (ReadChunk())
        {
        }
        // The descriptor of whoever is left shares this flag: a full pipe is an error to it and not a wait without end.
        _ = fcntl(WriteFd, F_SETFL, O_RDWR | O_NONBLOCK);
        close(WriteFd);
        close(Fd);
        Fd = -1;
        WriteFd = -1;
    }

    /// <returns>Whether there may be more.</returns>
    private bool ReadChunk()
    {
        if (_left <= 0)
            return false;
        byte* chunk = stackalloc byte[ChunkLength];
        long length = read(Fd, chunk, Math.Min(ChunkLength, _left));
        if (length <= 0)
            return length < 0 && Libc.LastErrno == Errno.EINTR;
        _left -= (int)length;
        Take(new ReadOnlySpan<byte>(chunk, (int)length));
        return true;
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        foreach (byte b in bytes)
        {
            if (b is (byte)'\n' or (byte)'\r')
            {
                _lineIsComplete = true;
                continue;
            }
            if (_lineIsComplete)
            {
                _lineIsComplete = false;
                _lineLength = 0;
            }
            if (_lineLength < LongestLine)
                _line[_lineLength++] = b is < (byte)' ' or 0x7F ? (byte)' ' : b;
        }
    }
}
