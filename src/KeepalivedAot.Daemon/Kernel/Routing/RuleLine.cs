using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Daemon.Kernel.Routing;

/// <summary>A line of <c>virtual_rules</c> or <c>static_rules</c>. The kernel knows its interfaces by name: they need not exist.</summary>
internal sealed record RuleLine(string Text, KernelRule Rule) : RoutingLine(Text)
{
    public override string Noun => "rule";

    public override byte Protocol => Rule.Protocol;

    public override Errno Missing => Errno.ENOENT;

    public override void Add(IKernel kernel, int tag) => kernel.AddRule(Rule, tag);

    public override void Delete(IKernel kernel, int tag) => kernel.DeleteRule(Rule, tag);

    public override bool Is(in ReportedRule rule) => rule.Is(Rule);
}
