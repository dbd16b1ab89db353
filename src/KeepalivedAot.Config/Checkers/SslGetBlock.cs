using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>An <c>SSL_GET { … }</c>: pages are as they should be.</summary>
[Block("SSL_GET")]
[InheritedSince(
    "retry", "1.3.7", "delay_before_retry", "0.5.3", "virtualhost", "1.3.6", "http_protocol", "2.0.17", "enable_sni", "1.4.3", "sni_name", "unreleased (after 2.4.3)", "fast_recovery", "2.0.17")]
[InheritedDefault("delay_before_retry", "real server's value, else 3")]
public sealed partial class SslGetBlock : HttpCheckBlock
{
    /// <summary>End TLS connections with close_notify, as the standard demands; otherwise they are just closed.</summary>
    [Keyword("tls_compliant", Since = "2.2.8", Default = "false", Optional = true)]
    public bool TlsCompliant { get; private set; }

    /// <summary>A page to ask for. With several, all must be right.</summary>
    [Keyword("url", Since = "0.5.3", Default = "required")]
    public List<SslUrlBlock>? Urls { get; private set; }

    internal bool IsUsable => Urls is { Count: > 0 };

    partial void OnClosed(Parser parser) => KeepUsable(Urls, Spans.Block, _spans.HasMistake(nameof(Urls)), parser.Diagnostics);

    internal override void Inherit(in Enclosing from)
    {
        base.Inherit(from);
        foreach (SslUrlBlock url in Urls!)
            url.Inherit(this);
    }
}
