using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Authentication;

namespace KeepalivedAot.Tests.Conformance;

/// <summary>Turns the words of a <c>router</c> section, which are keepalived's, into parameters.</summary>
internal static class RouterWords
{
    public static readonly VrrpParameters Default = new()
    {
        Name = "VI_1",
        InterfaceName = "eth0",
        Vrid = new Vrid(51),
        VirtualAddresses = [IpAddress.Parse("10.9.0.100")],
    };

    public static VrrpParameters Apply(VrrpParameters p, string[] words, int line)
    {
        string Value() => words.Length == 2 ? words[1] : throw new ScenarioException(line, $"`{words[0]}` takes one value");
        int Number() => ScenarioReader.ReadNumber(Value(), line);
        Duration Seconds() => ScenarioReader.ReadSeconds(Value(), line);
        IpAddress[] Addresses() => [.. words[1..].Select(word => ReadAddress(word, line))];
        AnnouncementSchedule garp = p.Announcements;

        return words[0] switch
        {
            "name" => p with { Name = Value() },
            "interface" => p with { InterfaceName = Value() },
            "version" => p with { Version = (VrrpVersion)Number() },
            "family" => p with { Family = Value() == "ipv6" ? AddressFamily.IPv6 : AddressFamily.IPv4 },
            "virtual_router_id" => p with { Vrid = new Vrid((byte)Number()) },
            "priority" => p with { BasePriority = new Priority((byte)Number()) },
            "state" => p with { ConfiguredActive = Value() == "MASTER" },
            "advert_int" => p with { AdvertisementInterval = Seconds() },
            "nopreempt" => p with { PreemptMode = false },
            "preempt_delay" => p with { PreemptDelay = Seconds() },
            "down_timer_adverts" => p with { DownTimerAdverts = Number() },
            "virtual_ipaddress" => p with { VirtualAddresses = [.. Addresses()] },
            "virtual_ipaddress_excluded" => p with { ExcludedAddresses = [.. Addresses()] },
            "auth_pass" => p with { Authentication = VrrpAuthentication.SimplePassword(Encoding.UTF8.GetBytes(Value())) },
            "auth_ah" => p with { Authentication = VrrpAuthentication.Header(Encoding.UTF8.GetBytes(Value())) },
            "auth_hmac" => p with { Hmac = ReadHmac(words[1..], line) },
            "mcast_src_ip" or "unicast_src_ip" => p with { SourceAddress = ReadAddress(Value(), line) },
            "unicast_peer" => p with { UnicastPeers = p.UnicastPeers.Add(ReadPeer(words, line)) },
            "unicast_ttl" => p with { UnicastTtl = (byte)Number() },
            "vrrp_check_unicast_src" => p with { CheckUnicastSource = true },
            "mcast_dst_ip" => p with { MulticastGroup = ReadAddress(Value(), line) },
            "v3_checksum_as_v2" => p with { V3ChecksumAsV2 = true },
            "old_unicast_checksum" when words.Length == 1 => p with { UnicastChecksum = UnicastChecksumMode.Old },
            "old_unicast_checksum" when Value() == "never" => p with { UnicastChecksum = UnicastChecksumMode.Never },
            "skip_check_adv_addr" => p with { SkipCheckAdvAddr = true },
            "lower_prio_no_advert" => p with { LowerPrioNoAdvert = true },
            "higher_prio_send_advert" => p with { HigherPrioSendAdvert = true },
            "owner_ignore_adverts" => p with { OwnerIgnoreAdverts = true },
            "timer_expired_backup" => p with { TimerExpiredBackup = new Priority((byte)Number()) },
            "garp_master_repeat" => p with { Announcements = garp with { ActiveRepeat = Number() } },
            "garp_master_delay" => p with { Announcements = garp with { ActiveDelay = Seconds() } },
            "garp_master_refresh" => p with { Announcements = garp with { Refresh = Seconds() } },
            "garp_master_refresh_repeat" => p with { Announcements = garp with { RefreshRepeat = Number() } },
            "garp_lower_prio_repeat" => p with { Announcements = garp with { LowerPriorityRepeat = Number() } },
            "garp_lower_prio_delay" => p with { Announcements = garp with { LowerPriorityDelay = Seconds() } },
            _ => throw new ScenarioException(line, $"`{words[0]}` is no word of a router"),
        };
    }

    public static IpAddress ReadAddress(string word, int line)
    {
        if (word == "none")
            return default;
        ScenarioReader.Require(IpAddress.TryParse(word, out IpAddress address), line, $"`{word}` is no address");
        return address;
    }

    // auth_hmac none | WORD VALUE ...
    private static HmacParameters? ReadHmac(string[] words, int line)
    {
        if (words is ["none"])
            return null;
        HmacParameters read = new() { Keys = [], ActiveKey = 1 };
        for (int i = 0; i + 1 < words.Length; i += 2)
        {
            string value = words[i + 1];
            int number = int.TryParse(value, out int n) ? n : 0;
            switch (words[i])
            {
                case "key":
                    ScenarioReader.Require(i + 2 < words.Length, line, "key ID SECRET");
                    read = read with { Keys = read.Keys.Add(new NumberedKey((byte)number, new SecretKey(Encoding.ASCII.GetBytes(words[i + 2])))) };
                    i++;
                    break;
                case "active_key":
                    read = read with { ActiveKey = (byte)number };
                    break;
                case "time_window":
                    read = read with { TimeWindowSeconds = number };
                    break;
                case "anti_replay":
                    read = read with { TimeWindowSeconds = value == "monotonic" ? 0 : read.TimeWindowSeconds };
                    break;
                case "mode":
                    HmacPolicy policy = value switch
                    {
                        "permissive" => HmacPolicy.Permissive,
                        "receive-only" => HmacPolicy.ReceiveOnly,
                        _ => HmacPolicy.Enforce,
                    };
                    read = read with { Policy = policy };
                    break;
                default:
                    throw new ScenarioException(line, $"`{words[i]}` is no word of auth_hmac");
            }
        }
        return read;
    }

    private static UnicastPeer ReadPeer(string[] words, int line)
    {
        ScenarioReader.Require(words.Length is 2 or 4 or 6, line, "unicast_peer ADDRESS [min_ttl N] [max_ttl N]");
        UnicastPeer peer = new(ReadAddress(words[1], line));
        for (int i = 2; i < words.Length; i += 2)
        {
            byte ttl = (byte)ScenarioReader.ReadNumber(words[i + 1], line);
            peer = words[i] switch
            {
                "min_ttl" => peer with { MinTtl = ttl },
                "max_ttl" => peer with { MaxTtl = ttl },
                _ => throw new ScenarioException(line, $"`{words[i]}` is no limit of a peer"),
            };
        }
        return peer;
    }
}
