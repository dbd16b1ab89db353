using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Simulation.Kernel;

// The numbers below /proc/sys that the daemon knows.
internal sealed partial class SimulatedKernel
{
    private static readonly string[] s_ofEachInterface = ["accept_local", "arp_filter", "arp_ignore", "promote_secondaries", "rp_filter"];

    private const string MulticastReports = "net/ipv4/igmp_link_local_mcast_reports";

    private readonly SortedDictionary<string, int> _settings = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, int> Settings => _settings;

    public Errno ReadSetting(string name, out int value) => _settings.TryGetValue(name, out value) ? Errno.None : Errno.ENOENT;

    public Errno WriteSetting(string name, int value)
    {
        if (Refusal != Errno.None)
            return Refusal;
        if (!_settings.ContainsKey(name))
            return Errno.ENOENT;
        _settings[name] = value;
        return Errno.None;
    }

    public IReadOnlyList<string> ListInterfaceSettings() => ["all", "default", .. _links.Select(static link => link.Name.ToString())];

    private void MakeSettings()
    {
        _settings.Clear();
        _settings[MulticastReports] = DefaultOf(MulticastReports);
        MakeSettings("all");
        MakeSettings("default");
        foreach (Linux.Netlink.LinkInfo link in _links)
            MakeSettings(link.Name.ToString());
    }

    private void MakeSettings(string at)
    {
        if (_settings.Count == 0)
            MakeSettings();
        foreach (string name in s_ofEachInterface)
            Make($"net/ipv4/conf/{at}/{name}");
        Make($"net/ipv6/conf/{at}/disable_ipv6");
        Make($"net/ipv6/conf/{at}/accept_dad");
    }

    private void Make(string name) => _settings.TryAdd(name, DefaultOf(name));

    private static int DefaultOf(string name) => name == MulticastReports || name.EndsWith("/accept_dad", StringComparison.Ordinal) ? 1 : 0;

    private void RemoveSettings(string at)
    {
        foreach (string name in _settings.Keys.Where(name => name.Contains($"/conf/{at}/", StringComparison.Ordinal)).ToArray())
            _settings.Remove(name);
    }
}
