using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// Every method takes the next word of the line, and says in a diagnostic why it returns false.
internal sealed partial class Parser
{
    private const int LongestInterfaceName = 15;

    // About so many bytes: an array and what keeps it out of messages; an object of a few words.
    private const int SecretWeight = 160;
    private const int ArgumentsWeight = 64;

    // Equal words become one string.
    private readonly StringPool _strings = new();

    // False when the line of a value block must be dropped because of one of its options.
    private bool _isLineUsable;

    // A keyword of a secret stood alone: what comes next may be the secret.
    private bool _isSecretExpected;

    /// <summary>Whether the keyword is followed by a value.</summary>
    public bool HasNext => _cursor < Words.Length;

    /// <summary>The line of a value block may be kept, although some of its options may have been wrong.</summary>
    public bool IsLineUsable => _isLineUsable;

    /// <summary>Where the current line of a value block stands.</summary>
    public SourceSpan LineSpan => reader.Current.Span;

    /// <summary>The current keyword is ignored when it has no value.</summary>
    public void ForgiveMissingValue() => _isMissingValueFatal = false;

    public bool TryBoolean(bool isOptional, out bool value)
    {
        value = true;
        if (isOptional && !HasNext)
            return true;
        if (!TryTake(out Word word))
            return false;
        switch (word.Text)
        {
            case [(byte)'t', (byte)'r', (byte)'u', (byte)'e'] or [(byte)'o', (byte)'n'] or [(byte)'y', (byte)'e', (byte)'s']:
                return true;
            case [(byte)'f', (byte)'a', (byte)'l', (byte)'s', (byte)'e'] or [(byte)'o', (byte)'f', (byte)'f'] or [(byte)'n', (byte)'o']:
                value = false;
                return true;
            default:
                diagnostics.Report(
                    DiagnosticCatalogue.InvalidBoolean, word.Span, $"'{Keyword}' takes true or false, not '{word}'",
                    WithoutEqualsSign(word) ?? "write true, on or yes, or false, off or no, in lower case");
                return false;
        }
    }

    public bool TryString(int? longest, out string value)
    {
        value = "";
        if (!TryTake(out Word word))
            return false;
        if (word.Text.Length > longest)
        {
            diagnostics.Report(
                DiagnosticCatalogue.TooLong, word.Span, $"'{Keyword}' takes at most {longest} bytes, not {word.Text.Length}");
            _isLineUsable = false;
            return false;
        }
        value = Intern(word.Text);
        return true;
    }

    /// <summary>The bytes of the word as they are; what stands on the line is kept out of every message.</summary>
    public bool TrySecret(out byte[] value)
    {
        value = [];
        if (HasNext)
            diagnostics.Sources.HideSecret(Words[_cursor]);
        _isSecretExpected = !HasNext;
        if (!TryTake(out Word word))
            return false;
        value = word.Text.ToArray();
        Built(SecretWeight + value.Length);
        return true;
    }

    public bool TryInterfaceName(out string value)
    {
        value = "";
        if (!TryTake(out Word word))
            return false;
        ReadOnlySpan<byte> name = word.Text;
        bool valid = name.Length is > 0 and <= LongestInterfaceName && !name.Contains((byte)'/')
            && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8);
        foreach (byte c in name)
            valid &= !Blank.Is(c);
        if (!valid)
        {
            diagnostics.Report(
                DiagnosticCatalogue.InvalidInterfaceName, word.Span,
                name.Length > LongestInterfaceName
                    ? $"'{word}' has {name.Length} bytes; the name of an interface has at most {LongestInterfaceName}"
                    : $"'{word}' cannot be the name of an interface");
            _isLineUsable = false;
            return false;
        }
        value = Intern(name);
        return true;
    }

    /// <param name="takesPort">A port may follow as a word of its own.</param>
    public bool TryAddress(AddressFamily family, bool isMulticast, out IpAddress address, bool takesPort = false)
    {
        address = default;
        if (!TryTake(out Word word))
            return false;
        int end = word.Text.IndexOfAny((byte)'-', (byte)'/');
        if (!ConfigAddress.TryParse(end < 0 ? word.Text : word.Text[..end], out address))
            return RejectAddress(word, takesPort);
        if (end >= 0)
        {
            diagnostics.Report(
                DiagnosticCatalogue.AddressCut, word.Span, $"'{Keyword}' takes one address; read as {address}", $"write {address}");
        }
        return IsAsWanted(word, address, family, isMulticast);
    }

    public bool TryPrefix(AddressFamily family, out IpPrefix prefix)
    {
        prefix = default;
        if (!TryTake(out Word word))
            return false;
        int slash = word.Text.IndexOf((byte)'/');
        if (!ConfigAddress.TryParse(slash < 0 ? word.Text : word.Text[..slash], out IpAddress address))
            return RejectAddress(word);
        uint length = (uint)address.HostPrefixLength;
        if (slash >= 0 && !ConfigNumber.TryParse(word.Text[(slash + 1)..], length, out length))
        {
            diagnostics.Report(
                DiagnosticCatalogue.InvalidPrefixLength, word.Span,
                $"the prefix length of an {FamilyName(address.Family)} address is 0 to {address.HostPrefixLength}; "
                + $"{address}/{address.HostPrefixLength} is used",
                MeantLength(word.Text[(slash + 1)..], address) is { } meant ? $"write {address}/{meant}" : null);
            length = (uint)address.HostPrefixLength;
        }
        prefix = new IpPrefix(address, (byte)length);
        return IsAsWanted(word, address, family, isMulticast: false);
    }

    /// <summary>A word that reads itself.</summary>
    public bool TryValue<T>(out T value) where T : struct, IConfigValue<T>
    {
        value = default;
        if (!TryTake(out Word word))
            return false;
        if (T.TryParse(word.Text, out value))
            return true;
        diagnostics.Report(DiagnosticCatalogue.InvalidWord, word.Span, $"'{Keyword}' takes {ConfigNotation.InWords(T.Expects)}, not '{word}'");
        return false;
    }

    /// <summary>A value that takes its words itself.</summary>
    public bool TryArguments<T>(out T value) where T : IConfigArguments<T>
    {
        int first = _cursor;
        if (!T.TryRead(this, out value))
            return false;
        Built(ArgumentsWeight);
        // All words of the value, not the last one only.
        if (_cursor > first)
            _value = Words[first].Span.Through(Words[_cursor - 1].Span);
        return true;
    }

    /// <summary>A word of a list that the generated code knows.</summary>
    public bool TryChoice(out ReadOnlySpan<byte> choice)
    {
        bool taken = TryTake(out Word word);
        choice = taken ? word.Text : default;
        return taken;
    }

    /// <summary>The word that was taken last is none of the list.</summary>
    public void RejectChoice(params ReadOnlySpan<string> choices)
    {
        Word word = Words[_cursor - 1];
        string? near = Spelling.Nearest(word.ToString(), choices.ToArray());
        if (near is null && _open.Peek().Block?.Schema.HasSecrets == true && word.Text.Length >= HiddenTexts.Shortest
            && !OtherForms.IsAuthentication(word.Text))
        {
            // Perhaps a password that slipped behind another keyword.
            MarkSecret(word.Span);
            diagnostics.Report(DiagnosticCatalogue.InvalidWord, word.Span, $"'{Keyword}' takes {string.Join(" or ", choices)}");
            return;
        }
        diagnostics.Report(
            DiagnosticCatalogue.InvalidWord, word.Span, $"'{Keyword}' takes {string.Join(" or ", choices)}, not '{word}'",
            near is null ? WithoutEqualsSign(word) : $"did you mean '{near}'?");
    }

    // priority = 120, as other programs have it.
    private string? WithoutEqualsSign(Word value)
        => !value.Text.StartsWith("="u8) ? null
            : _open.Peek().Block?.Schema.HasSecrets == true ? "leave the '=' out"
            : value.Text.Length > 1 ? $"leave the '=' out: '{Keyword} {value.ToString()[1..]}'"
            : HasNext ? $"leave the '=' out: '{Keyword} {Words[_cursor]}'"
            : "leave the '=' out";

    /// <summary>The next word of the line, whatever it is; when there is none, that is reported.</summary>
    public bool TryTake(out Word word)
    {
        if (!HasNext)
        {
            word = default;
            // A value that a lone quote has swallowed is not missed a second time.
            if (_isMissingValueFatal)
                diagnostics.Report(DiagnosticCatalogue.MissingParameter, Words[_keyword].Span, $"'{Keyword}' needs a value");
            else if (!reader.Current.HasOpenQuote)
                diagnostics.Report(DiagnosticCatalogue.OptionWithoutValue, Words[_keyword].Span, $"'{Keyword}' needs a value");
            _isLineUsable = false;
            return false;
        }
        word = Words[_cursor++];
        _value = word.Span;
        return true;
    }

    /// <summary>The next word of the line, which stays where it is; empty when there is none.</summary>
    public ReadOnlySpan<byte> NextText => HasNext ? Words[_cursor].Text : default;

    /// <summary>How many words have been taken since the keyword with which the line begins.</summary>
    public int WordsTaken => _cursor - _lineKeyword - 1;

    /// <summary>Where the next word stands; not given when there is none.</summary>
    public SourceSpan NextSpan => HasNext ? Words[_cursor].Span : SourceSpan.None;

    /// <summary>How the current keyword or option is spelt.</summary>
    public string CurrentKeyword => Keyword;

    /// <summary>Takes the next word if it is this one.</summary>
    public bool Takes(ReadOnlySpan<byte> text)
    {
        if (!HasNext || !Words[_cursor].Text.SequenceEqual(text))
            return false;
        _value = Words[_cursor++].Span;
        return true;
    }

    /// <summary>Takes all the words that are left.</summary>
    public ReadOnlySpan<Word> TakeRest()
    {
        ReadOnlySpan<Word> rest = Words[_cursor..];
        if (!rest.IsEmpty)
            _value = rest[0].Span.Through(rest[^1].Span);
        _cursor = Words.Length;
        return rest;
    }

    /// <summary>One string for all words that are equal.</summary>
    public string Intern(ReadOnlySpan<byte> text)
    {
        string known = _strings.Get(text, out int made);
        Built(made);
        return known;
    }

    /// <summary>Reports on the word that was taken last, and returns false.</summary>
    public bool Reject(DiagnosticKind kind, string message, string? suggestion = null)
    {
        diagnostics.Report(kind, _value, message, suggestion);
        _isLineUsable = false;
        return false;
    }

    /// <summary>The logical line as it stands, for values with a quoting of their own (grammar 10.2), and takes all its words.</summary>
    public TextSlice TakeRawLine()
    {
        TakeRest();
        return reader.Current.Raw;
    }

    private bool RejectAddress(Word word, bool takesPort = false)
    {
        string whose = _cursor - 1 == _keyword ? "" : $" after '{Keyword}'";
        diagnostics.Report(
            DiagnosticCatalogue.InvalidAddress, word.Span, $"'{word}'{whose} is no IP address", WithoutEqualsSign(word) ?? OtherForms.OfAddress(word.Text, takesPort));
        _isLineUsable = false;
        return false;
    }

    // 255.255.255.0 and the comma of a list.
    private static uint? MeantLength(ReadOnlySpan<byte> text, IpAddress address)
    {
        ReadOnlySpan<byte> bare = text.TrimEnd(",;"u8);
        return ConfigAddress.LengthOfMask(bare) is { } ofMask && address.Family == AddressFamily.IPv4 ? (uint)ofMask
            : ConfigNumber.TryParse(bare, (uint)address.HostPrefixLength, out uint length) && !bare.IsEmpty ? length : null;
    }

    private bool IsAsWanted(Word word, IpAddress address, AddressFamily family, bool isMulticast)
    {
        if (family != AddressFamily.None && address.Family != family)
        {
            diagnostics.Report(
                DiagnosticCatalogue.WrongFamily, word.Span, $"'{Keyword}' takes an {FamilyName(family)} address, not {address}");
            return false;
        }
        if (isMulticast && !address.IsMulticast)
        {
            diagnostics.Report(DiagnosticCatalogue.NotMulticast, word.Span, $"'{Keyword}' takes a multicast address, not {address}");
            return false;
        }
        return true;
    }

    private static string FamilyName(AddressFamily family) => family == AddressFamily.IPv6 ? "IPv6" : "IPv4";
}
