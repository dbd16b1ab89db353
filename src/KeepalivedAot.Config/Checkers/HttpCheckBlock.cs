using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Checkers;

/// <summary>What HTTP_GET and SSL_GET have in common.</summary>
public abstract partial class HttpCheckBlock : ConnectCheckerBlock
{
    /// <summary>The Host header of requests for URLs that have no virtualhost of their own.</summary>
    [Keyword("virtualhost", Since = "1.3.6", Default = "real server's value", SurvivesMissingValue = true, RepeatCounts = true)]
    public string? VirtualHost { get; protected set; }

    /// <summary>The HTTP version of requests; 1.0C adds "Connection: close".</summary>
    [Keyword("http_protocol", Since = "2.0.17", Default = "1.0", SurvivesMissingValue = true)]
    public HttpProtocol Protocol { get; protected set; }

    /// <summary>Send the name of the server in the TLS handshake (SNI). HTTP_GET ignores it.</summary>
    [Keyword("enable_sni", Since = "1.4.3", Default = "false", Optional = true)]
    public bool EnableSni { get; protected set; }

    /// <summary>The name to send in the TLS handshake (SNI); it also switches enable_sni on.</summary>
    [Keyword("sni_name", Since = "unreleased (after 2.4.3)", Default = "virtualhost", Arguments = "string?", Optional = true)]
    public string? SniName { get; protected set; }

    /// <summary>Check the URLs without waiting in between when a failed server is tried again.</summary>
    [Keyword("fast_recovery", Since = "2.0.17", Default = "false", Optional = true)]
    public bool FastRecovery { get; protected set; }

    /// <summary>The old name of retry.</summary>
    /// <remarks>Never has a value of its own.</remarks>
    [Keyword("nb_get_retry", Since = "0.5.3", Default = "-"), Deprecated("'retry'", Counts = true), Range(0, 4294967295)]
    public long? OldRetry
    {
        get => null;
        protected set => Retry = value ?? Retry;
    }

    /// <summary>Leaves out pages without a path, and says so when none is left: then there is nothing to check by.</summary>
    private protected static void KeepUsable<TUrl>(List<TUrl>? urls, SourceSpan block, Said said, DiagnosticBag diagnostics) where TUrl : UrlBlock
    {
        urls?.RemoveAll(static u => u.Path is null);
        if (urls is not { Count: > 0 })
            CheckerReports.DropUnless(said, diagnostics, block, "HTTP/SSL_GET checker has no urls specified - ignoring", "add 'url { path / }'");
    }

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
