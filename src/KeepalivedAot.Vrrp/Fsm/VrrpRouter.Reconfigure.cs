using System.Collections.Immutable;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Fsm;

// A reload. The router stays who it is: an Active Router stays active, a Backup keeps waiting from the moment when it last
// heard something.
public sealed partial class VrrpRouter
{
    /// <summary>
    /// New parameters of the same identity (<see cref="VrrpParameters.HasIdentityOf"/>): state, counters and what was learned
    /// stay. Timers whose length did not change keep running; an Active Router whose advertisement changed sends it at once.
    /// </summary>
    /// <param name="addressesMoved">The same addresses are on other interfaces now, and are announced there.</param>
    /// <param name="adjustment">Sum of the adjustments of what is tracked now; null = as before.</param>
    public void Reconfigure(VrrpParameters parameters, Instant now, bool addressesMoved = false, int? adjustment = null)
    {
        Invariant.Require(parameters.HasIdentityOf(Parameters), "a router is reconfigured with its own identity");
        VrrpParameters old = Parameters;
        bool hadLearnedInterval = !ActiveRouterAddress.IsNone && old.Version == VrrpVersion.V3;
        bool addressesChanged = addressesMoved || !old.VirtualAddresses.SequenceEqual(parameters.VirtualAddresses)
            || !old.ExcludedAddresses.SequenceEqual(parameters.ExcludedAddresses);

        Parameters = parameters;
        _subject.Rename(parameters.Name);
        bool authenticationChanged = _authenticator.Adopt(parameters) || AuthenticationOf(old) != AuthenticationOf(parameters);
        if (adjustment is int sum && sum != _priorityAdjustment)
            (_priorityAdjustment, _prioritySubject) = (sum, null);
        PrepareBuffer();
        if (!hadLearnedInterval || parameters.Version != VrrpVersion.V3)
            ActiveAdverInterval = parameters.AdvertisementInterval;
        if (parameters.UnicastChecksum != UnicastChecksumMode.Auto)
            _sendsOldChecksum = false;
        if (!parameters.BasePriority.IsOwner)
        {
            _ownerConflict = OwnerConflict.None;
            _timers.Disarm(_ownerConflictTimer);
        }
        Priority oldPriority = EffectivePriority;
        UpdatePriority(now);

        if (State == VrrpState.Backup)
            RearmWait();
        else if (State == VrrpState.Active)
            ReconfigureActive(old, oldPriority, addressesChanged, authenticationChanged, now);
    }

    // Keys that are hashed with are the authenticator's to compare: those of the old parameters may have been wiped.
    private static VrrpAuthentication AuthenticationOf(VrrpParameters parameters)
        => parameters.Authentication.Type == AuthenticationType.AuthenticationHeader ? default : parameters.Authentication;

    private void ReconfigureActive(
        VrrpParameters old, Priority oldPriority, bool addressesChanged, bool authenticationChanged, Instant now)
    {
        bool advertisementChanged = EffectivePriority != oldPriority
            || old.Version != Parameters.Version
            || old.AdvertisementInterval != Parameters.AdvertisementInterval
            || authenticationChanged
            || !old.VirtualAddresses.SequenceEqual(Parameters.VirtualAddresses)
            || !old.UnicastPeers.SequenceEqual(Parameters.UnicastPeers);
        if (advertisementChanged)
        {
            Advertise(now);
            _timers.Arm(_adverTimer, now + Parameters.AdvertisementInterval);
        }
        if (DropsPackets(old) && !DropsPackets(Parameters))
            _log.RemovingDropRule(Parameters.Name);
        if (addressesChanged)
        {
            LogAddressesGone(old.VirtualAddresses);
            LogAddressesGone(old.ExcludedAddresses);
            HoldAddresses();
            StartAnnouncements(AnnounceReason.AddressesChanged, now);
        }
        else
        {
            if (DropsPackets(Parameters) && !DropsPackets(old))
                _log.SettingDropRule(Parameters.Name);
            RearmPeriod(_refreshAnnouncementTimer, old.Announcements.Refresh, Parameters.Announcements.Refresh, now);
            RearmPeriod(_extraAnnouncementTimer, old.Announcements.ExtraInterfaces, Parameters.Announcements.ExtraInterfaces, now);
        }
    }

    private void LogAddressesGone(ImmutableArray<IpAddress> old)
    {
        foreach (IpAddress address in old)
        {
            if (!Parameters.VirtualAddresses.Contains(address) && !Parameters.ExcludedAddresses.Contains(address))
                _log.AddressNoLongerConfigured(Parameters.Name, address, Parameters.InterfaceName);
        }
    }
}
