using KeepalivedAot.Base;

namespace KeepalivedAot.Linux.Interop;

/// <summary>A path as the kernel wants it: the bytes of a <see cref="ByteText"/> with a NUL at its end, in the caller's buffer of <see cref="Capacity"/> bytes.</summary>
internal static class NativePath
{
    /// <summary>PATH_MAX (linux/limits.h), the NUL included.</summary>
    public const int Capacity = 4096;

    /// <returns>ENAMETOOLONG when it does not fit, ENOENT when it is empty, EINVAL when it has a NUL inside: what the kernel would say.</returns>
    public static Errno Encode(string path, Span<byte> buffer)
    {
        if (path.Length == 0)
            return Errno.ENOENT;
        if (path.Contains('\0'))
            return Errno.EINVAL;
        if (!ByteText.TryEncode(path, buffer[..^1], out int length))
            return Errno.ENAMETOOLONG;
        buffer[length] = 0;
        return Errno.None;
    }
}
