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

    // False when the line of a value block must be dropped because of one of its options.
    private bool _isLineUsable;

    // A keyword of a secret stood alone: what comes next may be the secret.
    private bool _isSecretExpected;

    /// <summary>The line of a value block may be kept, although some of its options may have been wrong.</summary>
    public bool IsLineUsable => _isLineUsable;

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
                return Refuse(
                    DiagnosticCatalogue.InvalidBoolean, word, $"'{Keyword}' takes true or false, not '{word}'",
                    "write true, on or yes, or false, off or no, in lower case");
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
        value = Base.PinnedBytes.Copy(word.Text);
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

    /// <summary>A word that reads itself.</summary>
    public bool TryValue<T>(out T value) where T : struct, IConfigValue<T>
    {
        value = default;
        if (!TryTake(out Word word))
            return false;
        if (T.TryParse(word.Text, out value))
            return true;
        return Refuse(DiagnosticCatalogue.InvalidWord, word, $"'{Keyword}' takes {ConfigNotation.InWords(T.Expects)}, not '{word}'", null);
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
}
