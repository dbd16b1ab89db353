using System.Globalization;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>One <c>key ID SECRET</c> of <c>auth_hmac</c>; the secret is text, <c>hex:</c> with digits, <c>file:</c> with a path, or <c>credential:</c> with a name.</summary>
public sealed class HmacKey : IConfigArguments<HmacKey>
{
    /// <summary>The fewest bytes of a secret.</summary>
    public const int ShortestSecret = 32;

    /// <summary>The most bytes of a secret.</summary>
    public const int LongestSecret = 64;

    private readonly byte[] _text;
    private byte[] _secret;

    private HmacKey(byte id, SourceSpan span, byte[] text, byte[] secret)
        => (Id, Span, _text, _secret) = (id, span, text, secret);

    /// <summary>The number that packets name it by, 1 to 255.</summary>
    public byte Id { get; }

    /// <summary>Where the number was written.</summary>
    public SourceSpan Span { get; }

    /// <summary>The file that holds the secret, written in the same ways; null when the secret is given here.</summary>
    public string? Path { get; private init; }

    /// <summary>The credential (systemd's <c>LoadCredential=</c>) that holds the secret; null when it is none.</summary>
    public string? Credential { get; private init; }

    /// <summary>The secret is written in the configuration itself.</summary>
    public bool IsInline => Path is null && Credential is null;

    /// <summary>As it is written; empty when it has been wiped.</summary>
    internal ReadOnlySpan<byte> Text => _text;

    /// <summary>32 to 64 bytes; empty when it is elsewhere, until <see cref="TakeSecret"/>.</summary>
    public ReadOnlySpan<byte> Secret => _secret;

    /// <summary>Takes what was found in the file or the credential: a secret as text or as <c>hex:</c> digits, line ends behind it.</summary>
    /// <returns>What is wrong with it; null when it is good.</returns>
    public string? TakeSecret(ReadOnlySpan<byte> content)
    {
        byte[]? secret = Decode(content.TrimEnd("\r\n"u8));
        if (secret is null)
            return "what is there is no row of pairs of hex digits";
        _secret = secret;
        return secret.Length is < ShortestSecret or > LongestSecret
            ? $"what is there has {secret.Length} bytes, not {ShortestSecret} to {LongestSecret}" : null;
    }

    /// <summary>Overwrites the secret, for whoever has made a hash of it.</summary>
    public void WipeSecret()
    {
        Array.Clear(_secret);
        if (IsInline)
            Array.Clear(_text);
    }

    static string IConfigArguments<HmacKey>.Expects => "uint! 1..255 {string|hex:HEX|file:path}";

    static bool IConfigArguments<HmacKey>.TryRead(Parser parser, out HmacKey value)
    {
        value = null!;
        if (parser.HasNext && parser.NextText.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return RejectWithoutId(parser);
        bool hasId = parser.TryInteger(1, byte.MaxValue, isStrict: true, out long id);
        SourceSpan span = parser.ValueSpan;
        // Whatever the number was like, nobody may see what follows.
        if (!parser.TrySecret(out byte[] text) || !hasId)
            return false;
        if (text.AsSpan().StartsWith("file:"u8))
        {
            value = new HmacKey((byte)id, span, text, []) { Path = parser.Intern(text.AsSpan("file:"u8.Length)) };
            return true;
        }
        if (text.AsSpan().StartsWith("credential:"u8))
        {
            value = new HmacKey((byte)id, span, text, []) { Credential = parser.Intern(text.AsSpan("credential:"u8.Length)) };
            return true;
        }
        byte[]? secret = Decode(text);
        if (secret is null)
            return parser.Reject(DiagnosticCatalogue.HmacKey, $"the secret of key {id} is no row of pairs of hex digits - ignoring the key");
        if (secret.Length is < ShortestSecret or > LongestSecret)
        {
            return parser.Reject(
                DiagnosticCatalogue.HmacKey,
                $"the secret of key {id} has {secret.Length} bytes, not {ShortestSecret} to {LongestSecret} - ignoring the key",
                "make one with: openssl rand -hex 32, and write it behind 'hex:'");
        }
        value = new HmacKey((byte)id, span, text, secret);
        return true;
    }

    // Perhaps the number was forgotten, and this is the secret.
    private static bool RejectWithoutId(Parser parser)
    {
        SourceSpan where = parser.NextSpan;
        while (parser.HasNext)
            parser.TrySecret(out _);
        parser.Diagnostics.Report(
            DiagnosticCatalogue.HmacKey, where, "a key begins with its number, 1 to 255 - ignoring the key", "write 'key 1 SECRET'");
        return false;
    }

    /// <summary>The bytes of a secret that is written as text or as <c>hex:</c> digits; null when the digits are not in pairs.</summary>
    public static byte[]? Decode(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith("hex:"u8))
            return PinnedBytes.Copy(text);
        ReadOnlySpan<byte> digits = text["hex:"u8.Length..];
        if (digits.Length % 2 != 0)
            return null;
        byte[] secret = PinnedBytes.Make(digits.Length / 2);
        for (int i = 0; i < secret.Length; i++)
        {
            if (!byte.TryParse(digits.Slice(2 * i, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out secret[i]))
                return null;
        }
        return secret;
    }

    string IConfigArguments<HmacKey>.Format(bool showsSecrets)
    {
        bool isShown = showsSecrets || !IsInline;
        return string.Create(
            CultureInfo.InvariantCulture, $"{Id} {(isShown ? ConfigWords.Quote(ByteText.Decode(_text)) : Writing.ConfigWriter.Hidden)}");
    }
}
