using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Groups;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Tests.Conformance;

/// <summary>Writes the router's effects down, one line each, as the <c>expect</c> section has them.</summary>
internal sealed class ScenarioWorld : IVrrpEffects, IVrrpGroupEffects, ILogSink
{
    private readonly HashSet<string> _show;
    private readonly bool _namesRouters;

    /// <param name="namesRouters">There are several, and what one of them does begins with its name.</param>
    public ScenarioWorld(HashSet<string> show, bool namesRouters)
    {
        _show = show;
        _namesRouters = namesRouters;
        Log = new Log(this, show.Contains("detail") ? LogLevel.ExtraDetail : LogLevel.Info);
    }

    public Instant Now { get; set; }

    public Log Log { get; }

    public List<string> Lines { get; } = [];

    public void Record(string what)
        => Lines.Add(string.Create(CultureInfo.InvariantCulture, $"{new Duration(Now.Nanoseconds)} {what}"));

    public void Record(VrrpRouter router, string what) => Record(_namesRouters ? $"{router.Parameters.Name} {what}" : what);

    public void SendAdvertisement(VrrpRouter router, ReadOnlySpan<byte> datagram, IpAddress source, IpAddress destination)
    {
        int header = router.Parameters.Family == AddressFamily.IPv4 ? datagram[9] == 51 ? 44 : 20 : 0;
        string bytes = _show.Contains("packets") ? $": {Convert.ToHexStringLower(datagram)}" : "";
        Record(router, $"send priority {datagram[header + 2]} to {destination}{bytes}");
    }

    public void HoldAddresses(VrrpRouter router, bool held) => Record(router, held ? "hold addresses" : "release addresses");

    public void Announce(VrrpRouter router, int rounds, AnnounceReason reason) => Record(
        router,
        $"announce {rounds} " + reason switch
        {
            AnnounceReason.BecameActive => "became master",
            AnnounceReason.Delayed => "delayed",
            AnnounceReason.Refresh => "refresh",
            AnnounceReason.LowerPriorityHeard => "lower priority heard",
            AnnounceReason.StoodStill => "stood still",
            AnnounceReason.LowerPriorityDelayed => "lower priority delayed",
            _ => "addresses changed",
        });

    public void AnnounceSource(VrrpRouter router, IpAddress source) => Record(router, $"announce source {source}");

    public void OnTransition(VrrpRouter router, in Transition transition)
        => Record(router, $"state {NameOf(transition.From)} -> {NameOf(transition.To)}: {transition.Reason}");

    public void OnLowerPriorityHeard(VrrpRouter router) => Record(router, "notify lower priority heard");

    public void OnGroupState(VrrpGroup group, VrrpState state) => Record($"group {group.Name} is {NameOf(state)}");

    public void OnConflict(VrrpRouter router, in Conflict conflict)
    {
        // Scenarios have its line in the log.
    }

    public void OnPriorityChanged(VrrpRouter router)
    {
        // The log says it, and the advertisements show it.
    }

    public void Write(LogLevel level, int eventId, ReadOnlySpan<byte> line)
    {
        if (_show.Contains("log") || _show.Contains("detail"))
            Record("log " + Encoding.UTF8.GetString(line));
    }

    private static string NameOf(VrrpState state) => state switch
    {
        VrrpState.Initialize => "INIT",
        VrrpState.Backup => "BACKUP",
        VrrpState.Active => "MASTER",
        _ => "FAULT",
    };
}
