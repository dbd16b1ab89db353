using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Files;

/// <summary>The names in a directory.</summary>
public static unsafe class DirectoryReader
{
    private const int EntriesLength = 32 << 10;

    // linux_dirent64: d_ino and d_off, 8 bytes each, d_reclen 2, d_type 1, then the name.
    private const int ReclenOffset = 16;
    private const int NameOffset = 19;

    /// <param name="names">In the order of the file system, without . and ..; empty when there is an error.</param>
    public static OsError TryRead(string path, out List<string> names)
    {
        names = [];
        byte* native = stackalloc byte[NativePath.Capacity];
        OsError error = OsError.Of("open", path, NativePath.Encode(path, new Span<byte>(native, NativePath.Capacity)));
        if (error.IsError)
            return error;
        int fd = open(native, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
        if (fd < 0)
            return OsError.Last("open", path);
        byte[] entries = new byte[EntriesLength];
        nint length;
        fixed (byte* start = entries)
        {
            while ((length = Libc.getdents64(fd, start, EntriesLength)) > 0)
                AddNames(entries.AsSpan(0, (int)length), names);
        }
        if (length < 0)
        {
            error = OsError.Last("getdents64", path);
            names.Clear();
        }
        close(fd);
        return error;
    }

    private static void AddNames(ReadOnlySpan<byte> entries, List<string> names)
    {
        while (!entries.IsEmpty)
        {
            int recordLength = BitConverter.ToUInt16(entries[ReclenOffset..]);
            ReadOnlySpan<byte> name = entries[NameOffset..recordLength];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                names.Add(ByteText.Decode(name));
            entries = entries[recordLength..];
        }
    }
}
