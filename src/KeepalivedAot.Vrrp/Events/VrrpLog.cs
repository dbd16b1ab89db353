using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Vrrp.Events;

/// <summary>Every log event of VRRP: method, id, level, wording. Ids are 1000 to 1999 and never used twice.</summary>
/// <remarks>
/// The wording is keepalived 2.4.3's, because people grep for it; what keepalived has no line for is marked "ours".
/// A state is called by the name the user knows: MASTER, BACKUP, FAULT.
/// </remarks>
public sealed class VrrpLog(Log log)
{
    // States

    public void EnteringActive(string name) => log.Write(LogLevel.Info, 1001, $"({name}) Entering MASTER STATE");
    public void EnteringBackup(string name) => log.Write(LogLevel.Info, 1002, $"({name}) Entering BACKUP STATE");
    public void EnteringFault(string name) => log.Write(LogLevel.Info, 1003, $"({name}) Entering FAULT STATE");
    public void StartingAsBackup(string name) => log.Write(LogLevel.Info, 1004, $"({name}) Entering BACKUP STATE (init)");
    public void StartingInFault(string name) => log.Write(LogLevel.Info, 1005, $"({name}) Entering FAULT STATE (init)");

    /// <summary>Ours: follows each of the lines above.</summary>
    public void Reason(string name, in TransitionReason reason) => log.Write(LogLevel.Info, 1006, $"({name}) reason: {reason}");

    /// <summary>Ours: what changed a priority.</summary>
    public void Because(string name, string subject) => log.Write(LogLevel.Info, 1010, $"({name}) reason: {subject}");

    public void FaultOfInterface(string name, string interfaceName)
        => log.Write(LogLevel.Info, 1007, $"({name}): entering FAULT state (interface {interfaceName} down)");

    public void FaultOfAddress(string name, AddressFamily family)
        => log.Write(LogLevel.Info, 1008, $"({name}) entering FAULT state (no {FamilyName(family)} address for interface)");

    /// <param name="status">What the file's number comes to; a fault is -254.</param>
    public void FaultOfFile(string name, string file, int status)
        => log.Write(LogLevel.Info, 1011, $"({name}): entering FAULT state (tracked file {file} has status {status})");

    public void FaultOfProcess(string name, string process)
        => log.Write(LogLevel.Info, 1012, $"({name}) entering FAULT state (tracked process {process} quorum not achieved)");

    public void FileIsFault(string name, string file) => log.Write(LogLevel.Detail, 1013, $"({name}): tracked file {file} now FAULT state");

    public void FileIsNoFault(string name, string file)
        => log.Write(LogLevel.Detail, 1014, $"({name}): tracked file {file} leaving FAULT state");

    public void FaultOfAnotherKind(string name) => log.Write(LogLevel.Info, 1009, $"({name}) entering FAULT state");

    // Elections

    public void ReleaseHeardByBackup(string name)
        => log.Write(LogLevel.Detail, 1020, $"({name}) Backup received priority 0 advertisement");

    public void LowerPriorityDiscarded(string name, Priority priority, IpAddress from)
        => log.Write(LogLevel.Info, 1021, $"({name}) received lower priority ({priority}) advert from {from} - discarding");

    public void ActiveDownTimerExpired(string name)
        => log.Write(LogLevel.Detail, 1022, $"({name}) Receive advertisement timeout");

    public void ActiveRouterSet(string name, IpAddress to) => log.Write(LogLevel.Detail, 1023, $"({name}) master set to {to}");

    public void ActiveRouterChanged(string name, IpAddress from, IpAddress to)
        => log.Write(LogLevel.Detail, 1024, $"({name}) master changed from {from} to {to}");

    public void IntervalLearned(string name, Duration from, Duration to)
        => log.Write(LogLevel.Detail, 1025,
            $"({name}) advertisement interval updated from {from.WholeMilliseconds}ms to {to.WholeMilliseconds}ms by master");

    public void IntervalRestored(string name, Duration from, Duration to)
        => log.Write(LogLevel.Detail, 1026,
            $"({name}) changing advert interval from {from.WholeMilliseconds}ms to locally configured {to.WholeMilliseconds}ms");

    public void PreemptDelayStarted(string name, Duration delay)
        => log.Write(LogLevel.Detail, 1027,
            $"({name}) start preempt delay ({delay.WholeSeconds}.{delay.WholeMicroseconds % 1_000_000:D6})");

    public void PreemptDelayStopped(string name) => log.Write(LogLevel.Detail, 1028, $"({name}) stop preempt delay");

    public void ReleaseHeardByActive(string name)
        => log.Write(LogLevel.Detail, 1029, $"({name}) Master received priority 0 message");

    public void LowerPriorityHeard(string name, IpAddress from, Priority theirs, Priority ours, bool answered)
    {
        if (answered)
            log.Write(LogLevel.Info, 1030,
                $"({name}) Received advert from {from} with lower priority {theirs}, ours {ours}, forcing new election");
        else
            log.Write(LogLevel.Info, 1030, $"({name}) Received advert from {from} with lower priority {theirs}, ours {ours}");
    }

    public void HigherPriorityHeard(string name, IpAddress from, Priority theirs, Priority ours)
        => log.Write(LogLevel.Info, 1031,
            $"({name}) Master received advert from {from} with higher priority {theirs}, ours {ours}");

    public void HigherAddressHeard(string name, IpAddress from, Priority ours)
        => log.Write(LogLevel.Info, 1032,
            $"({name}) Master received advert from {from} with same priority {ours} but higher IP address than ours");

    public void OwnAddressHeard(string name)
        => log.Write(LogLevel.Warning, 1033,
            $"({name}) WARNING - equal priority advert received from remote host with our IP address.");

    public void ReleaseSent(string name) => log.Write(LogLevel.Info, 1034, $"({name}) sent 0 priority");

    public void PriorityChanged(string name, Priority from, Priority to)
        => log.Write(LogLevel.Info, 1035, $"({name}) Changing effective priority from {from} to {to}");

    public void PrioritySet(string name, Priority priority)
        => log.Write(LogLevel.Info, 1037, $"({name}) Setting effective priority to {priority}");

    public void TimerFoundLate(Duration late)
        => log.Write(LogLevel.Info, 1036,
            $"VRRP thread timer expired {late.WholeSeconds}.{late.WholeMicroseconds % 1_000_000:D6} seconds ago");

    // Two owners of the same addresses

    public void TwoOwners(string name, IpAddress other)
        => log.Write(LogLevel.Error, 1040,
            $"({name}) CONFIGURATION ERROR: local instance and {other} are both configured as address owner, please resolve");

    public void OtherOwnerStays(string name, IpAddress other)
        => log.Write(LogLevel.Error, 1041,
            $"({name}) {other} is still advertising as address owner, please resolve - reducing our priority");

    public void OtherOwnerGone(string name)
        => log.Write(LogLevel.Info, 1042, $"({name}): rogue address owner appears to have stopped advertising");

    public void OwnerPriorityRestored(string name, Priority priority)
        => log.Write(LogLevel.Info, 1043,
            $"({name}) Restoring our priority to {priority} since other address owner has disappeared");

    // Sync groups

    public void GroupSyncing(string group, VrrpState to)
        => log.Write(LogLevel.Info, 1080, $"VRRP_Group({group}) Syncing instances to {StateName(to)} state");

    public void GroupStartsInFault(string group, string name)
        => log.Write(LogLevel.Info, 1081, $"VRRP_Group({group}): Syncing {name} to FAULT state");

    // Virtual addresses

    public void SettingAddresses(string name) => log.Write(LogLevel.Detail, 1050, $"({name}) setting VIPs.");
    public void SettingExcludedAddresses(string name) => log.Write(LogLevel.Detail, 1051, $"({name}) setting E-VIPs.");
    public void RemovingAddresses(string name) => log.Write(LogLevel.Detail, 1052, $"({name}) removing VIPs.");
    public void RemovingExcludedAddresses(string name) => log.Write(LogLevel.Detail, 1053, $"({name}) removing E-VIPs.");

    public void SettingDropRule(string name) => log.Write(LogLevel.Detail, 1057, $"({name}) setting firewall drop rule");
    public void RemovingDropRule(string name) => log.Write(LogLevel.Detail, 1058, $"({name}) removing firewall drop rule");

    public void AddressLost(IpAddress address, string interfaceName)
        => log.Write(LogLevel.Detail, 1054, $"Netlink reflector reports IP {address} removed from {interfaceName}");

    public void AddressNoLongerConfigured(string name, IpAddress address, string interfaceName)
        => log.Write(LogLevel.Info, 1055, $"({name}) ip address {address} dev {interfaceName}, no longer exist");

    public void TooManyAddresses(string name, int count, int most)
        => log.Write(LogLevel.Error, 1056,
            $"({name}) Number of VIPs ({count}) exceeds maximum/space available in packet (max {most} addresses)"
                + $" - excess moved to eVIPs");

    // Announcements, written by who sends them

    public void AnnouncingByArp(string name, string interfaceName, IpAddress address)
        => log.Write(LogLevel.Detail, 1060, $"({name}) Sending/queueing gratuitous ARPs on {interfaceName} for {address}");

    public void AnnouncingByNeighbourAdvertisement(string name, string interfaceName, IpAddress address)
        => log.Write(LogLevel.Detail, 1061,
            $"({name}) Sending/queueing Unsolicited Neighbour Adverts on {interfaceName} for {address}");

    public void SendingArp(string interfaceName, IpAddress address)
        => log.Write(LogLevel.Detail, 1062, $"Sending gratuitous ARP on {interfaceName} for {address}");

    public void SendingNeighbourAdvertisement(string interfaceName, IpAddress address)
        => log.Write(LogLevel.Detail, 1063, $"Sending unsolicited Neighbour Advert on {interfaceName} for {address}");

    public void AnnouncingSource(string interfaceName, IpAddress address)
        => log.Write(LogLevel.Detail, 1064,
            $"{interfaceName}: sending gratuitous {(address.Family == AddressFamily.IPv6 ? "NA" : "ARP")} for {address}");

    // Sockets, written by who owns them

    public void SendFailed(string name, int error, string errorText)
        => log.Write(LogLevel.Info, 1070, $"({name}): send advert error {error} ({errorText})");

    public void SendToPeerFailed(string name, IpAddress peer, string errorText)
        => log.Write(LogLevel.Info, 1071, $"({name}) Cant send advert to {peer} ({errorText})");

    public void UnknownVrid(Vrid vrid, string interfaceName)
        => log.Write(LogLevel.Info, 1072, $"Unknown VRID({vrid}) received on interface({interfaceName}). ignoring...");

    // Receive checks, in the order in which they are made

    public void UnexpectedAuthenticationHeader(string name, IpAddress from)
        => log.Write(LogLevel.Info, 1100, $"({name}) Received AH header but auth type not AH from {from}");

    public void TooShort(string name, IpAddress from, int length, int expected)
        => log.Write(LogLevel.Info, 1101, $"({name}) vrrp packet from {from} too short, length {length} and expect {expected}");

    public void TooLong(string name, IpAddress from, int length, int expected)
        => log.Write(LogLevel.Info, 1102, $"({name}) vrrp packet from {from} too long, length {length} and expect {expected}");

    public void HopLimit(string name, IpAddress from, int received, int expected)
        => log.Write(LogLevel.Info, 1103, $"({name}) invalid TTL/HL from {from}. Received {received} and expect {expected}");

    public void Version(string name, IpAddress from, int received, int expected)
        => log.Write(LogLevel.Info, 1104, $"({name}) wrong VRRP version from {from}. Received {received} and expect {expected}");

    public void InvalidAuthenticationType(string name, IpAddress from, int type)
        => log.Write(LogLevel.Info, 1105, $"({name}) Invalid auth type from {from}: {type}");

    public void AuthenticationTypeMismatch(string name, IpAddress from, int received, int expected)
        => log.Write(LogLevel.Info, 1106, $"({name}) received a {received} auth from {from}, expecting {expected}!");

    public void WrongPassword(string name, IpAddress from)
        => log.Write(LogLevel.Info, 1107, $"({name}) received an invalid passwd from {from}!");

    public void IntervalMismatchV2(string name, IpAddress from, int oursSeconds, int receivedSeconds)
        => log.Write(LogLevel.Info, 1108,
            $"({name}) advertisement interval mismatch with {from} mine={oursSeconds} sec rcv'd={receivedSeconds} sec");

    public void InvalidType(string name, IpAddress from, int received, int expected)
        => log.Write(LogLevel.Info, 1109, $"({name}) Invalid packet type from {from}. {received} and expect {expected}");

    public void TotalLengthMismatch(string name, IpAddress from, int stated, int received)
        => log.Write(LogLevel.Info, 1110,
            $"({name}) ip_tot_len mismatch against received length from {from}. {stated} and received {received}");

    /// <summary>With every such packet: the only receive line that is not limited.</summary>
    public void IntervalMismatchV3(string name, Duration ours, Duration received)
        => log.Write(LogLevel.Info, 1111,
            $"({name}) advertisement interval mismatch ours = {ours.WholeCentiseconds} centi-sec"
                + $" rcv'd={received.WholeCentiseconds} centi-sec");

    public void WrongChecksum(string name, VrrpVersion version, IpAddress from)
        => log.Write(LogLevel.Info, 1112, $"({name}) Invalid VRRPv{(int)version} checksum from {from}");

    public void OldUnicastChecksum(string name)
        => log.Write(LogLevel.Info, 1113, $"({name}) Setting unicast VRRPv3 checksum to old version");

    public void Cast(string name, bool expectedUnicast, IpAddress from)
        => log.Write(LogLevel.Info, 1114,
            $"({name}) Expected {(expectedUnicast ? "un" : "mult")}icast packet"
                + $" but received {(expectedUnicast ? "mult" : "un")}icast packet from {from}");

    public void IgnoringAsOwner(string name, IpAddress from)
        => log.Write(LogLevel.Info, 1115, $"({name}) Dropping packet(s) from {from} since we are address owner");

    public void AddressCount(string name, int expected, int received)
        => log.Write(LogLevel.Info, 1116, $"({name}) expected {expected} VIPs but received {received}");

    public void AddressMissing(string name, Vrid vrid, IpAddress from, IpAddress address)
        => log.Write(LogLevel.Info, 1117,
            $"({name}) ip address associated with VRID {vrid} not present in advert from {from}: {address}");

    public void NotAPeer(string name, IpAddress from)
        => log.Write(LogLevel.Info, 1118, $"({name}) unicast source address {from} not a unicast peer");

    public void PeerHopLimit(string name, IpAddress from, int received, int lowest, int highest)
        => log.Write(LogLevel.Info, 1119, $"({name}) TTL/HL {received} from {from} not in range [{lowest}, {highest}]");

    /// <summary>Ours: before the next line about a received packet.</summary>
    public void LinesLeftOut(string name, long count)
        => log.Write(LogLevel.Info, 1120, $"({name}) {count} lines about received packets were left out: too many at once");

    // Authentication

    public void MissingAuthenticationHeader(string name, IpAddress from)
        => log.Write(LogLevel.Info, 1140, $"({name}) No AH header but auth type is AH from {from}");

    public void HeaderCheckValue(string name)
        => log.Write(LogLevel.Info, 1141,
            $"({name}) IPSEC-AH : invalid IPSEC HMAC-MD5 value. Due to fields mutation or bad password !");

    /// <summary>keepalived's has no name in it.</summary>
    public void HeaderIndex(string name, uint received, uint expected)
        => log.Write(LogLevel.Info, 1142, $"({name}) IPSEC AH : invalid IPSEC SPI value. {received} and expect {expected}");

    public void HeaderSequence(string name, uint received, uint local)
        => log.Write(LogLevel.Info, 1143,
            $"({name}) IPSEC-AH : sequence number {received} already processed. Packet dropped. Local({local})");

    public void SequenceSkipped(string name)
        => log.Write(LogLevel.Info, 1144, $"({name}) IPSEC-AH : Syncing seq_num - Increment seq");

    /// <summary>This and what follows: the wording is ours.</summary>
    public void TrailerMissing(string name, IpAddress from, bool accepted)
        => log.Write(LogLevel.Info, 1145, $"({name}) no auth_hmac trailer from {from}{(accepted ? ", accepted (mode permissive)" : "")}");

    public void TrailerMalformed(string name, IpAddress from)
        => log.Write(LogLevel.Info, 1146, $"({name}) malformed auth_hmac trailer from {from}");

    /// <param name="behindSeconds">Negative: the sender is ahead of us.</param>
    public void TrailerStale(string name, IpAddress from, int behindSeconds, int windowSeconds)
        => log.Write(LogLevel.Info, 1147,
            $"({name}) stale auth_hmac timestamp from {from}: {Math.Abs((long)behindSeconds)} seconds"
                + $" {(behindSeconds < 0 ? "ahead of" : "behind")} our clock, time_window is {windowSeconds}");

    public void TrailerUnknownKey(string name, IpAddress from, int keyId)
        => log.Write(LogLevel.Info, 1148, $"({name}) unknown auth_hmac key {keyId} from {from}");

    public void TrailerCode(string name, IpAddress from, int keyId)
        => log.Write(LogLevel.Info, 1149, $"({name}) invalid auth_hmac from {from}, made with key {keyId}");

    public void TrailerReplay(string name, IpAddress from)
        => log.Write(LogLevel.Info, 1150, $"({name}) replayed auth_hmac advert from {from}");

    /// <summary>Ours.</summary>
    public void Conflict(string name, in Conflict conflict) => log.Write(LogLevel.Warning, 1160, $"({name}) {conflict}");

    private static string StateName(VrrpState state) => state switch
    {
        VrrpState.Active => "MASTER",
        VrrpState.Backup => "BACKUP",
        _ => "FAULT",
    };

    private static string FamilyName(AddressFamily family) => family == AddressFamily.IPv6 ? "IPv6" : "IPv4";
}
