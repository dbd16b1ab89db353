using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>Capabilities that the daemon asks about (linux/capability.h).</summary>
public enum Capability
{
    NetBindService = 10,
    NetAdmin = 12,
    NetRaw = 13,
    IpcLock = 14,
    SysAdmin = 21,
    SysNice = 23,
}

/// <summary>What this thread may do.</summary>
public readonly unsafe record struct Capabilities(ulong Effective)
{
    public static Errno TryRead(out Capabilities capabilities)
    {
        cap_header header = new() { version = cap_header.Version3 };
        cap_data* data = stackalloc cap_data[2];
        int result = Libc.capget(&header, data);
        capabilities = result == 0 ? new Capabilities((ulong)data[1].effective << 32 | data[0].effective) : default;
        return result == 0 ? Errno.None : Libc.LastErrno;
    }

    public bool Has(Capability capability) => (Effective >> (int)capability & 1) != 0;
}
