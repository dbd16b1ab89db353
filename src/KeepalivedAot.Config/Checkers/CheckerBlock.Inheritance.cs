using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.VirtualServers;

namespace KeepalivedAot.Config.Checkers;

public abstract partial class CheckerBlock
{
    private protected virtual long UsualRetry => 1;

    private protected virtual Duration UsualDelayBeforeRetry => CheckerDefaults.DelayBeforeRetry;

    /// <summary>Takes over what is not said here: from the real server, which has it from the virtual server.</summary>
    internal virtual void Inherit(RealServerBlock server)
    {
        DelayLoop = DelayLoop.Or(server.DelayLoop);
        Retry = Retry.Or(server.Retry.Or(UsualRetry));
        DelayBeforeRetry = DelayBeforeRetry.Or(server.DelayBeforeRetry.Or(UsualDelayBeforeRetry));
        Warmup = Warmup.Or(server.Warmup.Or(DelayLoop));
        Alpha ??= server.Alpha;
    }
}

public abstract partial class ConnectCheckerBlock
{
    internal override void Inherit(RealServerBlock server)
    {
        base.Inherit(server);
        if (ConnectAddress.IsNone)
            ConnectAddress = server.Address.Address;
        if (ConnectPort == 0)
            ConnectPort = server.Address.Port;
        ConnectTimeout = ConnectTimeout.Or(server.ConnectTimeout);
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
        BindAddress = host.BindAddress.IsNone ? BindAddress : host.BindAddress;
        BindPort = host.BindPort == 0 ? BindPort : host.BindPort;
        BindInterface = host.BindInterface ?? BindInterface;
        ConnectTimeout = host.ConnectTimeout.Or(ConnectTimeout);
        Mark = host.Mark == 0 ? Mark : host.Mark;
    }
}

public abstract partial class HttpCheckBlock
{
    private protected override Duration UsualDelayBeforeRetry => CheckerDefaults.HttpDelayBeforeRetry;

    internal override void Inherit(RealServerBlock server)
    {
        if (OldRetry is long retry)
        {
            Retry = retry;
            OldRetry = null;
        }
        base.Inherit(server);
        VirtualHost ??= server.VirtualHost;
        EnableSni |= SniName is not null;
    }
}

public sealed partial class MiscCheckBlock
{
    private protected override long UsualRetry => 0;
}

public sealed partial class DnsCheckBlock
{
    private protected override long UsualRetry => 3;

    private protected override Duration UsualDelayBeforeRetry => DelayLoop;
}

public sealed partial class SmtpCheckBlock
{
    internal override void Inherit(RealServerBlock server)
    {
        foreach (SmtpHostBlock host in Hosts ?? [])
            TakeFrom(host);
        base.Inherit(server);
        foreach (SmtpHostBlock host in Hosts ?? [])
            host.Inherit(server);
    }
}
