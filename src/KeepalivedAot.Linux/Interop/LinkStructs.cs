#pragma warning disable CS8981 // kernel names keep the kernel's spelling
using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

/// <summary>linux/if.h, with those members of its union that are used here.</summary>
[StructLayout(LayoutKind.Explicit, Size = 40)]
internal unsafe struct ifreq
{
    [FieldOffset(0)] public fixed byte ifr_name[KernelName.Size];
    [FieldOffset(16)] public short ifr_flags;
    [FieldOffset(16)] public void* ifr_data;
    [FieldOffset(16)] public mii_ioctl_data ifr_mii;
}

/// <summary>linux/mii.h; it lies in the request itself.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct mii_ioctl_data
{
    public ushort phy_id;
    public ushort reg_num;
    public ushort val_in;
    public ushort val_out;
}

/// <summary>linux/ethtool.h</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct ethtool_value
{
    public uint cmd;
    public uint data;
}
