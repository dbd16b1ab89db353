using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Scripts;

namespace KeepalivedAot.Daemon.Dumps.Data;

// What is the default of instances, and who is told of them.
internal static partial class GlobalSection
{
    private static void AddFifos(DumpText text, DumpSubject subject)
    {
        GlobalDefsBlock globals = subject.Configuration.GlobalDefs;
        AddFifo(text, " Global notify fifo", globals.NotifyFifo, globals.NotifyFifoScript, subject);
        AddFifo(text, " VRRP notify fifo", globals.VrrpNotifyFifo, globals.VrrpNotifyFifoScript, subject);
        AddFifo(text, " LVS notify fifo", globals.LvsNotifyFifo, globals.LvsNotifyFifoScript, subject);
        text.Line($" FIFO write vrrp states on reload = {TrueFalse(globals.FifoWriteStatesOnReload)}");
        text.Line($" VRRP notify priority changes = {TrueFalse(globals.NotifyPriorityChanges)}");
    }

    private static void AddFifo(DumpText text, string name, FifoPath? fifo, ConfigScript? script, DumpSubject subject)
    {
        if (fifo is null)
            return;
        // Who it belongs to as it is configured, where it is not the daemon's user.
        text.Line($"{name} = {fifo.Path}, uid:gid {fifo.User ?? "0"}:{fifo.Group ?? fifo.User ?? "0"}");
        if (subject.Scripts.Find(script) is ScriptProgram program)
            text.Line($"{name} script = {program.Command} '{fifo.Path}', uid:gid {program.UserId}:{program.GroupId}");
    }

    private static void AddVrrp(DumpText text, GlobalDefsBlock globals)
    {
        text.Line($" VRRP IPv4 mcast group = {globals.MulticastGroup4}");
        text.Line($" VRRP IPv6 mcast group = {globals.MulticastGroup6}");
        text.Line($" Gratuitous ARP delay = {globals.GarpDelay.WholeSeconds}");
        text.Line($" Gratuitous ARP repeat = {globals.GarpRepeat}");
        text.Line($" Gratuitous ARP refresh timer = {globals.GarpRefresh.WholeSeconds}");
        text.Line($" Gratuitous ARP refresh repeat = {globals.GarpRefreshRepeat}");
        text.Line($" Gratuitous ARP lower priority delay = {globals.GarpLowerPriorityDelay.WholeSeconds}");
        text.Line($" Gratuitous ARP lower priority repeat = {globals.GarpLowerPriorityRepeat}");
        text.Line($" Num adverts before down = {globals.DownTimerAdverts}");
        ExtraInterfaceGarp extra = globals.ExtraInterfaceGarp ?? default;
        text.Line($" Gratuitous ARP for each secondary {(extra.OnAll ? "i/f" : "VMAC")} = {extra.Interval.WholeSeconds}s");
        text.Line($" Send advert after receive lower priority advert = {TrueFalse(!globals.LowerPriorityNoAdvert)}");
        text.Line($" Send advert after receive higher priority advert = {TrueFalse(globals.HigherPrioritySendAdvert)}");
        text.Line($" Gratuitous ARP interval = {new PlainSeconds(globals.GarpInterval):6}");
        text.Line($" Gratuitous NA interval = {new PlainSeconds(globals.GnaInterval):6}");
        text.Line($" VRRP default protocol version = {globals.VrrpVersion}");
    }

    private static void AddPacketFilter(DumpText text, DumpSubject subject)
    {
        GlobalDefsBlock globals = subject.Configuration.GlobalDefs;
        bool isNeeded = subject.Configuration.VrrpInstances.Exists(static block => !block.AcceptMode || block.OwnDevices.Count > 0);
        if (globals.Nftables is not null || isNeeded)
        {
            text.Line($" nftables table name = {globals.Nftables ?? UsualTable}");
            text.Line($" nftables base chain priority = {globals.NftablesPriority}");
            text.Line($" nftables {(globals.NftablesInterfaceIndex ? "" : "don't ")}force use ifindex for link local IPv6");
        }
        text.Line($" nftables with{(globals.NftablesCounters ? "" : "out")} counters");
    }

    private static void AddChecks(DumpText text, GlobalDefsBlock globals)
    {
        text.Line($" VRRP check unicast_src = {TrueFalse(globals.CheckUnicastSource)}");
        text.Line($" VRRP skip check advert addresses = {TrueFalse(globals.SkipCheckAdvertisedAddresses)}");
        text.Line($" VRRP strict mode = {TrueFalse(globals.Strict)}");
    }
}
