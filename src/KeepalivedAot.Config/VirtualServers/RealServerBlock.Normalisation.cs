using KeepalivedAot.Config.Checkers;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.VirtualServers;

public sealed partial class RealServerBlock
{
    /// <summary>Everything that asks it how it is.</summary>
    public bool HasCheckers
        => MiscChecks is not null || SmtpChecks is not null || TcpChecks is not null || PingChecks is not null || UdpChecks is not null
            || HttpGets is not null || SslGets is not null || DnsChecks is not null || FileChecks is not null || BfdChecks is not null;

    // Checkers that cannot check are gone when the block ends.
    partial void OnClosed(Parser parser)
    {
        MiscChecks = Usable(MiscChecks, static c => c.IsUsable);
        HttpGets = Usable(HttpGets, static c => c.IsUsable);
        SslGets = Usable(SslGets, static c => c.IsUsable);
        FileChecks = Usable(FileChecks, static c => c.IsUsable);
        BfdChecks = Usable(BfdChecks, static c => c.IsUsable);

        static List<T>? Usable<T>(List<T>? checkers, Predicate<T> isUsable)
        {
            checkers?.RemoveAll(c => !isUsable(c));
            return checkers is { Count: > 0 } ? checkers : null;
        }
    }

    // Takes over what is not said here, and hands it on to its checkers.
    internal void Inherit(VirtualServerBlock service)
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
        Each(MiscChecks);
        Each(SmtpChecks);
        Each(TcpChecks);
        Each(PingChecks);
        Each(UdpChecks);
        Each(HttpGets);
        Each(SslGets);
        Each(DnsChecks);

        void Each<T>(List<T>? checkers) where T : CheckerBlock
        {
            foreach (T checker in checkers ?? [])
                checker.Inherit(this);
        }
    }

    internal void SetPort(ushort port) => Address = Address with { Port = port };

    internal void ChooseAlert(bool? alert) => SmtpAlert ??= alert ?? true;
}
