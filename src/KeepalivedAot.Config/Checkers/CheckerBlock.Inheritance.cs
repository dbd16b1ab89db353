using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Config.Checkers;

public abstract partial class CheckerBlock
{
    private protected virtual long UsualRetry => 1;

    private protected virtual Duration UsualDelayBeforeRetry => CheckerDefaults.DelayBeforeRetry;

    /// <summary>False, which has been said then, when no packet can be sent to what it asks; known when it has inherited.</summary>
    internal virtual bool CanReachItsTarget => true;

    /// <summary>Takes over what is not said here: from the real server, which has it from the virtual server.</summary>
    internal virtual void Inherit(in Enclosing from)
    {
        DelayLoop = DelayLoop.Or(from.Server.DelayLoop);
        Retry = Retry.Or(from.Server.Retry.Or(UsualRetry));
        DelayBeforeRetry = DelayBeforeRetry.Or(from.Server.DelayBeforeRetry.Or(UsualDelayBeforeRetry));
        Warmup = Warmup.Or(from.Server.Warmup.Or(DelayLoop));
        Alpha ??= from.Server.Alpha;
    }
}

public abstract partial class HttpCheckBlock
{
    private protected override Duration UsualDelayBeforeRetry => CheckerDefaults.HttpDelayBeforeRetry;

    internal override void Inherit(in Enclosing from)
    {
        base.Inherit(from);
        VirtualHost ??= from.Server.VirtualHost;
        EnableSni |= SniName is not null;
        if (Protocol == HttpProtocol.Http10CloseLower)
            Protocol = HttpProtocol.Http10Close;
    }
}

public sealed partial class HttpGetBlock
{
    internal override void Inherit(in Enclosing from)
    {
        base.Inherit(from);
        foreach (HttpUrlBlock url in Urls!)
            url.Inherit(this);
    }
}

public sealed partial class SslGetBlock
{
    internal override void Inherit(in Enclosing from)
    {
        base.Inherit(from);
        foreach (SslUrlBlock url in Urls!)
            url.Inherit(this);
    }
}

public abstract partial class UrlBlock
{
    internal void Inherit(HttpCheckBlock checker)
    {
        VirtualHost ??= checker.VirtualHost;
        StatusCodes ??= Checkers.StatusCodes.Successful;
    }
}

public sealed partial class SslUrlBlock
{
    internal void Inherit(SslGetBlock checker)
    {
        base.Inherit(checker);
        TlsCompliant |= checker.TlsCompliant;
    }
}

public sealed partial class MiscCheckBlock
{
    private protected override long UsualRetry => 0;

    internal override void Inherit(in Enclosing from)
    {
        base.Inherit(from);
        KillAfter = Timeout == Duration.Zero ? from.Service.DelayLoop : Timeout;
    }
}

public sealed partial class DnsCheckBlock
{
    private protected override long UsualRetry => 3;

    private protected override Duration UsualDelayBeforeRetry => DelayLoop;
}

public sealed partial class BfdCheckBlock
{
    internal void Inherit(VirtualServers.RealServerBlock server) => Alpha ??= server.Alpha;
}
