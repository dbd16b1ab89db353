namespace KeepalivedAot.Linux.Interop;

/// <summary>Which call the kernel refused, and why. <c>default</c> is success.</summary>
/// <param name="Call">The call as a reader of strace knows it, for example <c>setsockopt(IP_ADD_MEMBERSHIP)</c>.</param>
public readonly record struct SyscallFailure(string? Call, Errno Errno) : IUtf8SpanFormattable
{
    public bool Succeeded => Errno == Errno.None;

    /// <summary>The failure of the call that has just returned -1 on this thread.</summary>
    internal static SyscallFailure Last(string call) => new(call, Libc.LastErrno);

    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => System.Text.Unicode.Utf8.TryWrite(utf8Destination, $"{Call}: {ErrnoText.Of(Errno)}", out bytesWritten);

    public override string ToString() => $"{Call}: {ErrnoText.Of(Errno)}";
}
