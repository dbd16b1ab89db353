using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>The <c>SSL { … }</c>: how SSL_GET shows who it is.</summary>
[Block("SSL")]
public sealed partial class SslBlock
{
    /// <summary>The pass phrase of the private key.</summary>
    [Keyword("password", Since = "0.5.3", Default = "none", SurvivesMissingValue = true, RepeatCounts = true), Secret]
    public byte[] Password { get; private set; } = [];

    /// <summary>The file with the certificates of trusted authorities (PEM).</summary>
    [Keyword("ca", Since = "0.5.3", Default = "none", SurvivesMissingValue = true, RepeatCounts = true)]
    public string? CertificateAuthorities { get; private set; }

    /// <summary>The file with the certificate to present (PEM).</summary>
    [Keyword("certificate", Since = "0.5.3", Default = "none", SurvivesMissingValue = true, RepeatCounts = true)]
    public string? Certificate { get; private set; }

    /// <summary>The file with the private key of the certificate (PEM).</summary>
    [Keyword("key", Since = "0.5.3", Default = "none", SurvivesMissingValue = true, RepeatCounts = true)]
    public string? Key { get; private set; }
}
