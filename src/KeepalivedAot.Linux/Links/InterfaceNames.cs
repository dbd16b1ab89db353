using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Links;

/// <summary>Names of interfaces in the network namespace that the thread is in.</summary>
public static unsafe class InterfaceNames
{
    /// <returns>The kernel's index; 0 when there is no such interface.</returns>
    public static int IndexOf(KernelName name)
    {
        byte* terminated = stackalloc byte[KernelName.Size];
        name.CopyTo(new Span<byte>(terminated, KernelName.Size));
        return (int)Libc.if_nametoindex(terminated);
    }
}
