using System.Collections.Immutable;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Authentication;
using KeepalivedAot.Vrrp.Wire;
using UnicastPeer = KeepalivedAot.Vrrp.UnicastPeer;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>Turns what the configuration says into what the core and the kernel take. Nothing is decided here: the block is normalised.</summary>
internal static class ParameterMapping
{
    /// <summary>RTPROT_KEEPALIVED (linux/rtnetlink.h): by it everybody sees who put an address there.</summary>
    public const byte KeepalivedProtocol = 18;

    public static VrrpParameters ToParameters(VrrpInstanceBlock block) => new()
    {
        Name = block.Name,
        InterfaceName = block.Interface ?? "",
        Version = (VrrpVersion)block.Version,
        Family = block.Family,
        Vrid = new Vrid(block.VirtualRouterId),
        BasePriority = new Priority(block.Priority),
        ConfiguredActive = block.State == ConfiguredState.Master,
        AdvertisementInterval = block.AdvertisementInterval,
        PreemptMode = block.PreemptMode,
        PreemptDelay = block.PreemptDelay,
        DownTimerAdverts = block.DownTimerAdverts,
        VirtualAddresses = [.. block.VirtualAddresses.Select(v => v.Address.Address)],
        ExcludedAddresses = block.HasExcludedAddresses ? [.. block.ExcludedAddresses.Select(v => v.Address.Address)] : [],
        AcceptMode = block.AcceptMode,
        Authentication = block.AuthenticationType switch
        {
            Config.Vrrp.AuthenticationType.Password => VrrpAuthentication.SimplePassword(block.AuthenticationData),
            Config.Vrrp.AuthenticationType.AuthenticationHeader => VrrpAuthentication.Header(block.AuthenticationData),
            _ => default,
        },
        Hmac = block.UsesHmac ? ToHmac(block.AuthHmac!) : null,
        SourceAddress = SourceOf(block),
        UnicastPeers = block.IsUnicast ? [.. block.UnicastPeers.Select(p => new UnicastPeer(p.Address, p.MinTtl, p.MaxTtl))] : [],
        UnicastTtl = block.UnicastTtl ?? byte.MaxValue,
        CheckUnicastSource = block.CheckUnicastSource,
        MulticastGroup = block.IsUnicast ? default : block.MulticastGroup,
        V3ChecksumAsV2 = block.V3ChecksumAsV2,
        UnicastChecksum = block.OldUnicastChecksum switch
        {
            OldUnicastChecksum.Never => UnicastChecksumMode.Never,
            OldUnicastChecksum.Always => UnicastChecksumMode.Old,
            _ => UnicastChecksumMode.Auto,
        },
        SkipCheckAdvAddr = block.SkipCheckAdvertisedAddresses,
        LowerPrioNoAdvert = block.LowerPriorityNoAdvert,
        HigherPrioSendAdvert = block.HigherPrioritySendAdvert,
        OwnerIgnoreAdverts = block.OwnerIgnoreAdverts,
        TimerExpiredBackup = block.TimerExpiredBackup is { } other ? new Priority(other) : null,
        Announcements = new AnnouncementSchedule
        {
            ActiveRepeat = Rounds(block.GarpRepeat),
            ActiveDelay = block.GarpDelay,
            Refresh = block.GarpRefresh,
            RefreshRepeat = Rounds(block.GarpRefreshRepeat),
            LowerPriorityRepeat = Rounds(block.GarpLowerPriorityRepeat),
            LowerPriorityDelay = block.GarpLowerPriorityDelay,
            // Without "all" it is about interfaces that are made for the instance.
            ExtraInterfaces = block.GarpExtraInterfaces.OnAll || block.OwnDevices.Count > 0 ? block.GarpExtraInterfaces.Interval : Base.Time.Duration.Zero,
        },
    };

    /// <summary>What advertisements are sent from; none: the interface's address.</summary>
    public static IpAddress SourceOf(VrrpInstanceBlock block)
        => block.Source.IsNone && block.UseIpvlan is { } ipvlan ? ipvlan.Address.Address : block.Source;

    /// <summary>Advertisements go to peers, of which there are some.</summary>
    public static bool SpeaksUnicast(VrrpInstanceBlock block) => block.IsUnicast && block.HasUnicastPeers;

    /// <summary>Bytes that authentication adds to an advertisement; no key is touched.</summary>
    public static int AuthenticationLength(VrrpInstanceBlock block)
        => block.AuthenticationType == Config.Vrrp.AuthenticationType.AuthenticationHeader ? AuthenticationHeader.Length
            : block.UsesHmac && block.AuthHmac!.Mode != HmacMode.ReceiveOnly ? HmacTrailer.Length : 0;

    private static HmacParameters ToHmac(AuthHmacBlock block) => new()
    {
        Keys = [.. block.Keys.Select(static key => new NumberedKey(key.Id, new SecretKey(key.Secret)))],
        ActiveKey = block.ActiveKey,
        Policy = block.Mode switch
        {
            HmacMode.Permissive => HmacPolicy.Permissive,
            HmacMode.ReceiveOnly => HmacPolicy.ReceiveOnly,
            _ => HmacPolicy.Enforce,
        },
        TimeWindowSeconds = block.AntiReplay == AntiReplay.Monotonic ? 0 : (int)block.TimeWindow!.Value.WholeSeconds,
    };

    /// <summary>An address as the kernel is to have it; the interface's index is filled in when it is sent.</summary>
    public static InterfaceAddress ToInterfaceAddress(AddressLine address)
    {
        bool isIPv6 = address.Address.Address.Family == AddressFamily.IPv6;
        bool hasPeer = !address.Peer.Address.IsNone;
        AddressFlags flags = AddressFlags.None;
        if (isIPv6 && !address.DuplicateAddressDetection)
            flags |= AddressFlags.NoDad;
        if (address.Home)
            flags |= AddressFlags.HomeAddress;
        if (address.ManageTemporaryAddresses)
            flags |= AddressFlags.ManageTempAddress;
        if (address.NoPrefixRoute)
            flags |= AddressFlags.NoPrefixRoute;
        if (address.AutoJoin)
            flags |= AddressFlags.McAutoJoin;
        InterfaceAddress wanted = new()
        {
            Address = address.Address.Address,
            PrefixLength = hasPeer ? address.Peer.Length : address.Address.Length,
            Peer = address.Peer.Address,
            Broadcast = isIPv6 ? default : address.BroadcastAddress,
            Label = Linux.Interop.KernelName.TryParse(isIPv6 ? "" : address.Label, out Linux.Interop.KernelName label) ? label : default,
            Scope = isIPv6 ? Linux.Netlink.AddressScope.Universe : (Linux.Netlink.AddressScope)address.Scope.Value,
            Flags = flags,
            Protocol = KeepalivedProtocol,
        };
        return isIPv6 ? wanted with { PreferredLifetimeSeconds = PreferredLifetime(address) } : wanted;
    }

    // A virtual host address must never be chosen as a source, so it is deprecated from the start unless told otherwise.
    private static uint PreferredLifetime(AddressLine address)
        => address.PreferredLifetime != Lifetime.Forever ? address.PreferredLifetime.Seconds
            : address.Address.Length == address.Address.Address.HostPrefixLength && !address.IsPreferredLifetimeGiven ? 0
            : InterfaceAddress.Forever;

    private static int Rounds(uint configured) => (int)Math.Min(configured, int.MaxValue);
}
