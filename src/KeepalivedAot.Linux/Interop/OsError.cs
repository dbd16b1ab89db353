namespace KeepalivedAot.Linux.Interop;

/// <summary>A refusal of the kernel with its place: which call, on what, why. The default value is success.</summary>
/// <param name="Call">The system call or the step, in the kernel's spelling.</param>
/// <param name="Subject">The path or other thing it was about; empty when there is none.</param>
public readonly record struct OsError(string? Call, string? Subject, Errno Errno) : IUtf8SpanFormattable
{
    public static readonly OsError None;

    public bool IsError => Errno != Errno.None;

    /// <summary><see cref="None"/> when there is no error, so that success is always the same value.</summary>
    public static OsError Of(string call, string subject, Errno errno) => errno == Errno.None ? None : new OsError(call, subject, errno);

    /// <summary>The errno of the call that has just failed on this thread.</summary>
    public static OsError Last(string call, string subject = "") => new(call, subject, Libc.LastErrno);

    /// <summary><c>open /run/keepalived.pid: Permission denied</c></summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        => System.Text.Encoding.UTF8.TryGetBytes(ToString(), utf8Destination, out bytesWritten);

    public override string ToString() => !IsError
        ? ErrnoText.Of(Errno.None)
        : string.IsNullOrEmpty(Subject) ? $"{Call}: {ErrnoText.Of(Errno)}" : $"{Call} {Subject}: {ErrnoText.Of(Errno)}";
}
