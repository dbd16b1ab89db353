using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

// linux/sockios.h, linux/if.h, linux/mii.h, linux/ethtool.h: asking a driver for its link.
internal static unsafe partial class Libc
{
    public const int SIOCGIFFLAGS = 0x8913;
    public const int SIOCETHTOOL = 0x8946;
    public const int SIOCGMIIPHY = 0x8947;
    public const int SIOCGMIIREG = 0x8948;

    public const uint ETHTOOL_GLINK = 0x0000000a;

    public const ushort MII_BMSR = 1;
    public const ushort BMSR_LSTATUS = 0x0004;

    [LibraryImport(Library, SetLastError = true)]
    public static partial int ioctl(int fd, nuint request, void* argument);

    [LibraryImport(Library)]
    public static partial uint if_nametoindex(byte* name);
}
