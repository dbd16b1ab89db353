using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A <c>url { … }</c> of SSL_GET.</summary>
[Block("url")]
public sealed partial class SslUrlBlock : UrlBlock
{
    /// <summary>End the TLS connection for this page with close_notify, as the standard demands.</summary>
    [Keyword("tls_compliant", Since = "2.2.8", Default = "false", Optional = true)]
    public bool TlsCompliant { get; private set; }

    partial void OnClosed(Parser parser) => RequirePath(Spans.Block, _spans.HasMistake(nameof(Path)), parser.Diagnostics);

    internal void Inherit(SslGetBlock checker)
    {
        base.Inherit(checker);
        TlsCompliant |= checker.TlsCompliant;
    }
}
