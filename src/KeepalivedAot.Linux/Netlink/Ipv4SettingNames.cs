namespace KeepalivedAot.Linux.Netlink;

/// <summary>What settings are called below /proc/sys/net/ipv4/conf/INTERFACE.</summary>
public static class Ipv4SettingNames
{
    private static readonly (Ipv4Setting Setting, string Name)[] Names =
    [
        (Ipv4Setting.RpFilter, "rp_filter"), (Ipv4Setting.ArpFilter, "arp_filter"), (Ipv4Setting.ArpIgnore, "arp_ignore"),
        (Ipv4Setting.PromoteSecondaries, "promote_secondaries"), (Ipv4Setting.AcceptLocal, "accept_local"),
    ];

    public static string Of(Ipv4Setting setting) => Array.Find(Names, pair => pair.Setting == setting).Name;

    public static bool TryParse(string name, out Ipv4Setting setting)
    {
        setting = Array.Find(Names, pair => pair.Name == name).Setting;
        return setting != default;
    }
}
