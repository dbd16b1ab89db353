using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Checkers;

public abstract partial class ConnectCheckerBlock
{
    private bool _lacksInterface;

    internal override bool CanReachItsTarget => !_lacksInterface;

    internal override void Inherit(in Enclosing from)
    {
        base.Inherit(from);
        CheckFamilies(from);
        if (ConnectAddress.IsNone)
            ConnectAddress = from.Server.Address.Address;
        if (ConnectPort == 0)
            ConnectPort = from.Server.Address.Port;
        ConnectTimeout = ConnectTimeout.Or(from.Server.ConnectTimeout);
        _lacksInterface = ConnectAddress.IsLinkLocal && BindInterface is null;
        if (_lacksInterface)
        {
            CheckerReports.Drop(
                from.Diagnostics, SpanOf(nameof(ConnectAddress)) is { IsGiven: true } span ? span : from.Server.Spans.Address,
                $"Checker link local address {ConnectAddress} requires a bind_if", "add 'bind_if INTERFACE'");
        }
    }

    // Where connect_ip and bindto are of two families the later line is ignored. Until connect_ip is read it is the server's address.
    private protected void CheckFamilies(in Enclosing from)
    {
        if (BindAddress.IsNone)
            return;
        SourceSpan target = SpanOf(nameof(ConnectAddress));
        SourceSpan source = SpanOf(nameof(BindAddress));
        // Both came from a block for the host, where that was looked at.
        if (!source.IsGiven)
            return;
        bool isTargetFirst = target.IsGiven && target.Position < source.Position;
        AddressFamily first = isTargetFirst ? ConnectAddress.Family : from.Server.Address.Address.Family;
        if (BindAddress.Family != first)
        {
            from.Diagnostics.Report(
                DiagnosticCatalogue.CheckerSetting, source, $"bindto address {BindAddress} does not match address family of connect_ip - skipping",
                !ConnectAddress.IsNone && BindAddress.Family == ConnectAddress.Family ? "write it behind connect_ip" : "use an address of the same family");
            BindAddress = default;
            Forget(nameof(BindAddress));
        }
        else if (!isTargetFirst && !ConnectAddress.IsNone && ConnectAddress.Family != BindAddress.Family)
        {
            from.Diagnostics.Report(
                DiagnosticCatalogue.CheckerSetting, target, $"connect_ip address {ConnectAddress} does not match address family of bindto - skipping",
                "write it in front of bindto, with a bindto of the same family");
            ConnectAddress = default;
            Forget(nameof(ConnectAddress));
        }
    }

    // The old block for a host sets what its checker does not say.
    private protected void TakeFrom(ConnectCheckerBlock host)
    {
        Retry = host.Retry.Or(Retry);
        DelayBeforeRetry = host.DelayBeforeRetry.Or(DelayBeforeRetry);
        Warmup = host.Warmup.Or(Warmup);
        DelayLoop = host.DelayLoop.Or(DelayLoop);
        Alpha = host.Alpha ?? Alpha;
        LogAllFailures |= host.LogAllFailures;
        ConnectAddress = host.ConnectAddress.IsNone ? ConnectAddress : host.ConnectAddress;
        ConnectPort = host.ConnectPort == 0 ? ConnectPort : host.ConnectPort;
        if (!host.BindAddress.IsNone)
            BindAddress = host.BindAddress;
        if (host.BindPort != 0)
            BindPort = host.BindPort;
        if (host.BindInterface is not null)
            BindInterface = host.BindInterface;
        ConnectTimeout = host.ConnectTimeout.Or(ConnectTimeout);
        if (host.Mark != 0)
            Mark = host.Mark;
    }
}

public sealed partial class SmtpCheckBlock
{
    internal override void Inherit(in Enclosing from)
    {
        // Its own lines first, so that what is wrong with a host's is told where that stands.
        CheckFamilies(from);
        foreach (SmtpHostBlock host in Hosts ?? [])
        {
            host.CheckFamilies(from);
            TakeFrom(host);
        }
        Hosts = null;
        HeloName ??= CheckerDefaults.HeloName;
        base.Inherit(from);
    }
}

public sealed partial class SmtpHostBlock
{
    internal new void CheckFamilies(in Enclosing from) => base.CheckFamilies(from);
}
