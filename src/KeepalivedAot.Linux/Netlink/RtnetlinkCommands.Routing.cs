using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Linux.Netlink;

public sealed partial class RtnetlinkCommands
{
    /// <summary>Adds a route. EEXIST when there is exactly this one.</summary>
    public void AddRoute(KernelRoute route, RouteInsertion insertion, int tag)
    {
        ushort how = insertion switch
        {
            RouteInsertion.Add => Libc.NLM_F_CREATE | Libc.NLM_F_EXCL,
            RouteInsertion.Append => Libc.NLM_F_CREATE | Libc.NLM_F_APPEND,
            _ => Libc.NLM_F_CREATE,
        };
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_NEWROUTE, how);
            RouteMessage.Write(ref writer, route);
        }
        while (!TryEnd(writer, tag));
    }

    /// <summary>Removes a route. ESRCH when there is none.</summary>
    public void DeleteRoute(KernelRoute route, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_DELROUTE, 0);
            RouteMessage.WriteRemoval(ref writer, route);
        }
        while (!TryEnd(writer, tag));
    }

    /// <summary>Adds a rule. EEXIST when there is exactly this one.</summary>
    public void AddRule(KernelRule rule, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_NEWRULE, Libc.NLM_F_CREATE | Libc.NLM_F_EXCL);
            RuleMessage.Write(ref writer, rule);
        }
        while (!TryEnd(writer, tag));
    }

    /// <summary>Removes a rule. ENOENT when there is none.</summary>
    public void DeleteRule(KernelRule rule, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_DELRULE, 0);
            RuleMessage.Write(ref writer, rule);
        }
        while (!TryEnd(writer, tag));
    }
}
