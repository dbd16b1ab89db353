using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Links;

/// <summary>Asks drivers whether their interfaces have a link, for those that do not tell by themselves (netdevice(7)).</summary>
/// <remarks>The answers come at once; reading the registers of a transceiver takes some drivers a fraction of a millisecond.</remarks>
public sealed unsafe class LinkProbe : IDisposable
{
    private readonly int _descriptor;

    private LinkProbe(int descriptor) => _descriptor = descriptor;

    public static OsError Open(out LinkProbe? probe)
    {
        int descriptor = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        probe = descriptor < 0 ? null : new LinkProbe(descriptor);
        return descriptor < 0 ? OsError.Last("socket(AF_INET)") : default;
    }

    /// <returns>EOPNOTSUPP and others when the driver does not know this method, ENODEV when there is no such interface.</returns>
    public Errno Probe(KernelName name, LinkProbeMethod method, out bool isUp)
    {
        isUp = false;
        ifreq request = default;
        name.CopyTo(new Span<byte>(request.ifr_name, KernelName.Size));
        switch (method)
        {
            case LinkProbeMethod.Mii:
                return ProbeTransceiver(ref request, out isUp);

            case LinkProbeMethod.Ethtool:
                ethtool_value value = new() { cmd = Libc.ETHTOOL_GLINK };
                request.ifr_data = &value;
                Errno error = Ask(Libc.SIOCETHTOOL, ref request);
                isUp = error == Errno.None && value.data != 0;
                return error;

            default:
                Errno refusal = Ask(Libc.SIOCGIFFLAGS, ref request);
                const LinkFlags Both = LinkFlags.Up | LinkFlags.Running;
                isUp = refusal == Errno.None && ((LinkFlags)(ushort)request.ifr_flags & Both) == Both;
                return refusal;
        }
    }

    public void Dispose() => close(_descriptor);

    private Errno ProbeTransceiver(ref ifreq request, out bool isUp)
    {
        isUp = false;
        Errno error = Ask(Libc.SIOCGMIIPHY, ref request);
        if (error != Errno.None)
            return error;
        // The bit is latched while it is 0: the first reading tells of the past, the second one of now (IEEE 802.3, 22.2.4.2.13).
        for (int reading = 0; reading < 2; reading++)
        {
            request.ifr_mii.reg_num = Libc.MII_BMSR;
            error = Ask(Libc.SIOCGMIIREG, ref request);
            if (error != Errno.None)
                return error;
        }
        isUp = (request.ifr_mii.val_out & Libc.BMSR_LSTATUS) != 0;
        return Errno.None;
    }

    private Errno Ask(int what, ref ifreq request)
    {
        fixed (ifreq* pointer = &request)
            return Libc.ioctl(_descriptor, (nuint)what, pointer) < 0 ? Libc.LastErrno : Errno.None;
    }
}
