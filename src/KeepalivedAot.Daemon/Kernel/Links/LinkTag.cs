namespace KeepalivedAot.Daemon.Kernel.Links;

/// <summary>Comes back with the answer to a request about an interface.</summary>
internal readonly record struct LinkTag(int Slot, LinkRequest Request)
{
    private const int RequestBits = 3;

    public int Value => (Slot << RequestBits) | (int)Request;

    public static LinkTag Of(int value) => new(value >> RequestBits, (LinkRequest)(value & ((1 << RequestBits) - 1)));
}

internal enum LinkRequest : byte
{
    Add,
    Delete,
    DeleteRenamed,
    NoAddress,
    Settings,
    Master,
    SwitchOn,
    Notify,
}
