namespace KeepalivedAot.Base;

/// <summary>Bytes that the collector does not move: who wipes them leaves no copy behind.</summary>
public static class PinnedBytes
{
    public static byte[] Make(int length) => GC.AllocateArray<byte>(length, pinned: true);

    public static byte[] Copy(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = GC.AllocateUninitializedArray<byte>(bytes.Length, pinned: true);
        bytes.CopyTo(copy);
        return copy;
    }
}
