using KeepalivedAot.Config.Schema;

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
}
