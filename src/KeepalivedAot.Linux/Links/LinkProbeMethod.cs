namespace KeepalivedAot.Linux.Links;

/// <summary>How a driver is asked whether its interface has a link.</summary>
public enum LinkProbeMethod : byte
{
    /// <summary>The registers of its transceiver (SIOCGMIIREG).</summary>
    Mii,

    /// <summary>As ethtool(8) does (ETHTOOL_GLINK).</summary>
    Ethtool,

    /// <summary>The kernel's flags: up and running (SIOCGIFFLAGS).</summary>
    Flags,
}
