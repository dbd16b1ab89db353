using KeepalivedAot.Config.Checkers;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.VirtualServers;

public sealed partial class RealServerBlock
{
    /// <summary>Everything that asks it how it is.</summary>
    public bool HasCheckers
        => MiscChecks is not null || SmtpChecks is not null || TcpChecks is not null || PingChecks is not null || UdpChecks is not null
            || HttpGets is not null || SslGets is not null || DnsChecks is not null || FileChecks is not null || BfdChecks is not null;

    /// <summary>There was a checker, and what is wrong with it has been said.</summary>
    internal bool HasSpoiltChecker
        => _spans.HasMistake(nameof(MiscChecks)) || _spans.HasMistake(nameof(SmtpChecks)) || _spans.HasMistake(nameof(TcpChecks))
            || _spans.HasMistake(nameof(PingChecks)) || _spans.HasMistake(nameof(UdpChecks)) || _spans.HasMistake(nameof(HttpGets))
            || _spans.HasMistake(nameof(SslGets)) || _spans.HasMistake(nameof(DnsChecks)) || _spans.HasMistake(nameof(FileChecks))
            || _spans.HasMistake(nameof(BfdChecks));

    /// <summary>Something on the host is run because of it.</summary>
    public bool HasScripts => MiscChecks is not null || NotifyUp is not null || NotifyDown is not null;

    // Checkers that cannot check are gone when the block ends.
    partial void OnClosed(Parser parser)
    {
        HttpGets = Usable(HttpGets, static c => c.IsUsable);
        if (_rare is null)
            return;
        DropSecondSessions(parser);
        MiscChecks = Usable(MiscChecks, static c => c.IsUsable);
        SslGets = Usable(SslGets, static c => c.IsUsable);
        FileChecks = Usable(FileChecks, static c => c.IsUsable);
        BfdChecks = Usable(BfdChecks, static c => c.IsUsable);
    }

    private void DropSecondSessions(Parser parser)
    {
        if (BfdChecks is null)
            return;
        HashSet<string> seen = [];
        BfdChecks.RemoveAll(check =>
        {
            if (!check.IsUsable || seen.Add(check.Name!))
                return false;
            CheckerReports.Drop(parser.Diagnostics, check.Spans.Name, $"BFD_CHECK - RS already monitoring {check.Name}", "leave it out");
            return true;
        });
    }

    // Takes over what is not said here, and hands it on to its checkers.
    internal void Inherit(VirtualServerBlock service, DiagnosticBag diagnostics)
    {
        if (Weight == NotGiven)
            Weight = service.Weight;
        Method ??= service.Method;
        InhibitOnFailure ??= service.InhibitOnFailure;
        Alpha ??= service.Alpha;
        Retry = Retry.Or(service.Retry);
        DelayBeforeRetry = DelayBeforeRetry.Or(service.DelayBeforeRetry);
        Warmup = Warmup.Or(service.Warmup);
        ConnectTimeout = ConnectTimeout.Or(service.ConnectTimeout);
        DelayLoop = DelayLoop.Or(service.DelayLoop);
        VirtualHost ??= service.VirtualHost;
        Enclosing enclosing = new(service, this, diagnostics);
        TcpChecks = Inherit(TcpChecks, enclosing);
        HttpGets = Inherit(HttpGets, enclosing);
        if (_rare is null)
            return;
        MiscChecks = Inherit(MiscChecks, enclosing);
        SmtpChecks = Inherit(SmtpChecks, enclosing);
        PingChecks = Inherit(PingChecks, enclosing);
        UdpChecks = Inherit(UdpChecks, enclosing);
        SslGets = Inherit(SslGets, enclosing);
        DnsChecks = Inherit(DnsChecks, enclosing);
        foreach (BfdCheckBlock check in BfdChecks ?? [])
            check.Inherit(this);
    }

    internal void SetPort(ushort port) => Address = Address with { Port = port };

    internal void ChooseAlert(bool? alert) => SmtpAlert ??= alert ?? true;

    private static List<T>? Inherit<T>(List<T>? checkers, in Enclosing enclosing) where T : CheckerBlock
    {
        bool areUsable = true;
        foreach (T checker in checkers ?? [])
        {
            checker.Inherit(enclosing);
            areUsable &= checker.CanReachItsTarget;
        }
        return areUsable ? checkers : Usable(checkers, static c => c.CanReachItsTarget);
    }

    private static List<T>? Usable<T>(List<T>? checkers, Predicate<T> isUsable)
    {
        checkers?.RemoveAll(c => !isUsable(c));
        return checkers is { Count: > 0 } ? checkers : null;
    }
}
