using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Dumps.Data;

// What it has while it is master.
internal static partial class InstanceSection
{
    private static void AddAddresses(DumpText text, VrrpInstance instance)
    {
        HeldAddressCursor held = new(instance.HeldAddresses);
        VrrpInstanceBlock block = instance.Block;
        if (block.VirtualAddresses.Count > 0)
            text.Line($"   Virtual IP ({block.VirtualAddresses.Count}):");
        foreach (VirtualAddress line in block.VirtualAddresses)
            AddAddress(text, instance, line, held.Find(line));
        if (!block.HasExcludedAddresses)
            return;
        text.Line("   Virtual IP Excluded :"u8);
        foreach (VirtualAddress line in block.ExcludedAddresses)
            AddAddress(text, instance, line, held.Find(line));
    }

    private static void AddAddress(DumpText text, VrrpInstance instance, VirtualAddress line, HeldAddress? held)
    {
        text.Add("     "u8);
        AddressText.Add(text, instance, line, held);
        text.Line(""u8);
    }

    private static void AddRouting(DumpText text, VrrpInstanceBlock block)
    {
        if (block.HasVirtualRoutes)
        {
            text.Line("   Virtual Routes :"u8);
            foreach (Config.Routing.VirtualRoute route in block.VirtualRoutes)
            {
                text.Add("     "u8);
                RouteText.Add(text, route);
                text.Line(""u8);
            }
        }
        if (block.HasVirtualRules)
        {
            text.Line("   Virtual Rules :"u8);
            foreach (Config.Routing.VirtualRule rule in block.VirtualRules)
            {
                text.Add("     "u8);
                RuleText.Add(text, rule);
                text.Line(""u8);
            }
        }
    }
}
