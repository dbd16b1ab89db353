using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>Capabilities that the daemon asks about or keeps (linux/capability.h).</summary>
public enum Capability
{
    Chown = 0,
    DacOverride = 1,
    DacReadSearch = 2,
    Fowner = 3,
    Kill = 5,
    Setgid = 6,
    Setuid = 7,
    NetBindService = 10,
    NetAdmin = 12,
    NetRaw = 13,
    IpcLock = 14,
    SysPtrace = 19,
    SysAdmin = 21,
    SysNice = 23,
    SysResource = 24,
}

/// <summary>What this thread may do.</summary>
public readonly unsafe record struct Capabilities(ulong Effective)
{
    // linux/prctl.h, linux/securebits.h
    private const int PR_CAPBSET_READ = 23;
    private const int PR_GET_SECUREBITS = 27;
    private const int PR_GET_NO_NEW_PRIVS = 39;
    private const int SECBIT_NOROOT = 1;

    public static Errno TryRead(out Capabilities capabilities)
    {
        cap_data* data = stackalloc cap_data[2];
        Errno error = Read(data);
        capabilities = error == Errno.None ? new Capabilities(Word(data[0].effective, data[1].effective)) : default;
        return error;
    }

    /// <summary>Gives up what is not among these, for good. What the thread did not have it does not get.</summary>
    public static Errno Limit(Capabilities kept)
    {
        cap_data* data = stackalloc cap_data[2];
        Errno error = Read(data);
        if (error != Errno.None)
            return error;
        for (int word = 0; word < 2; word++)
        {
            uint mask = (uint)(kept.Effective >> (32 * word));
            data[word].effective &= mask;
            data[word].permitted &= mask;
            data[word].inheritable &= mask;
        }
        cap_header header = new() { version = cap_header.Version3 };
        return Libc.capset(&header, data) == 0 ? Errno.None : Libc.LastErrno;
    }

    /// <summary>A program that this thread starts as root has all rights of the bounding set again, whatever the thread has given up.</summary>
    public static bool RootProgramsHaveAll
        => Libc.geteuid() == 0 && Libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0 && (Libc.prctl(PR_GET_SECUREBITS, 0, 0, 0, 0) & SECBIT_NOROOT) == 0;

    /// <summary>The program could be given it: the bounding set of this thread has it, and what stands at a file counts.</summary>
    public static bool CanBeGiven(Capability capability)
        => Libc.prctl(PR_CAPBSET_READ, (nuint)capability, 0, 0, 0) == 1 && Libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0;

    public static Capabilities Of(params ReadOnlySpan<Capability> capabilities)
    {
        ulong effective = 0;
        foreach (Capability capability in capabilities)
            effective |= 1UL << (int)capability;
        return new Capabilities(effective);
    }

    public bool Has(Capability capability) => (Effective >> (int)capability & 1) != 0;

    private static Errno Read(cap_data* data)
    {
        cap_header header = new() { version = cap_header.Version3 };
        return Libc.capget(&header, data) == 0 ? Errno.None : Libc.LastErrno;
    }

    private static ulong Word(uint low, uint high) => (ulong)high << 32 | low;
}
