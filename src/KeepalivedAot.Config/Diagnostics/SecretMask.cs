using System.Text;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Diagnostics;

/// <summary>Says which bytes of a source line must not be shown.</summary>
/// <remarks>
/// The parser marks what it knows to be a secret, and tells its text, which is masked elsewhere too. Where a line could not be parsed, whatever follows a word that is or resembles
/// that of a secret counts as one too.
/// </remarks>
internal sealed class SecretMask(SourceMap sources)
{
    // Words of secrets that belong to blocks which are skipped as yet.
    private static readonly string[] OtherWords = ["key", "password", "secret"];

    private const int ShortestMisspelt = 6;
    private const int MostMisspelt = 2;

    private const int MostKnown = 2000;

    private readonly Dictionary<string, bool> _resembles = [];

    // Worked out with the first line that is shown: most configurations have none.
    private int? _longest;

    /// <summary>More bytes of a line are never shown; keepalived's lines have 1022.</summary>
    public const int LongestShown = 4096;

    /// <summary>True for each byte of the line that must be masked, as far as it is shown.</summary>
    public bool[] Of(SourceFile file, int line) => Of(file.Start + file.LineStart(line), file.Line(line));

    /// <param name="position">Of the first byte.</param>
    /// <param name="text">A line without its end.</param>
    public bool[] Of(int position, ReadOnlySpan<byte> text)
    {
        text = text[..Math.Min(text.Length, LongestShown)];
        bool[] masked = new bool[text.Length];
        sources.MarkSecrets(position, masked);
        sources.MarkHidden(text, masked);
        // A quote or another slip may cut the word in two: what stands between blanks is looked at as a whole, too.
        int from = Math.Min(EndOfSecretWord(text, IsWordByte), EndOfSecretWord(text, static c => !Blank.Is(c)));
        masked.AsSpan(from).Fill(true);
        for (int at = 0; at < text.Length; at++)
            masked[at] &= !Blank.Is(text[at]);
        return masked;
    }

    /// <summary>Where the first word of a secret ends, or the end of the line when it has none.</summary>
    private int EndOfSecretWord(ReadOnlySpan<byte> text, Func<byte, bool> isWordByte)
    {
        int i = 0;
        while (i < text.Length)
        {
            while (i < text.Length && !isWordByte(text[i]))
                i++;
            int start = i;
            while (i < text.Length && isWordByte(text[i]))
                i++;
            if (i > start && IsSecretWord(text[start..i]))
                return i;
        }
        return text.Length;
    }

    private static bool IsWordByte(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'-';

    // A large file has few words that are not names or numbers, and each of them many times.
    private bool IsSecretWord(ReadOnlySpan<byte> text)
    {
        // A letter has up to four bytes.
        _longest ??= 4 * (WordIndex.Secrets.Concat(OtherWords).Max(static word => word.Length) + MostMisspelt);
        if (text.Length > _longest)
            return false;
        string word = Encoding.UTF8.GetString(text);
        if (_resembles.TryGetValue(word, out bool isSecret))
            return isSecret;
        isSecret = IsLikeThatOfASecret(word);
        if (_resembles.Count < MostKnown)
            _resembles.Add(word, isSecret);
        return isSecret;
    }

    /// <summary>The word is one behind which a secret stands, or nearly one.</summary>
    public static bool IsLikeThatOfASecret(string word) => Resembles(word, WordIndex.Secrets) || Resembles(word, OtherWords);

    private static bool Resembles(string word, string[] secrets)
    {
        foreach (string secret in secrets)
        {
            int allowed = secret.Length >= ShortestMisspelt ? MostMisspelt : 0;
            if (Math.Abs(secret.Length - word.Length) <= allowed && Spelling.Distance(word, secret) <= allowed)
                return true;
        }
        return false;
    }
}
