using System.Text;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Diagnostics;

/// <summary>Says which bytes of a source line must not be shown.</summary>
/// <remarks>
/// The parser marks what it knows to be a secret. Where a line could not be parsed, whatever follows a word that is or resembles
/// that of a secret counts as one too.
/// </remarks>
internal sealed class SecretMask(SourceMap sources)
{
    // Words of secrets that belong to blocks which are skipped as yet.
    private static readonly string[] OtherWords = ["key", "password", "secret"];

    private const int ShortestMisspelt = 6;
    private const int MostMisspelt = 2;

    private string[]? _words;

    /// <summary>True for each byte of the line that must be masked.</summary>
    public bool[] Of(SourceFile file, int line)
    {
        ReadOnlySpan<byte> text = file.Line(line);
        bool[] masked = new bool[text.Length];
        sources.MarkSecrets(file.Start + file.LineStart(line), masked);
        int i = 0;
        while (i < text.Length)
        {
            while (i < text.Length && !IsWordByte(text[i]))
                i++;
            int start = i;
            while (i < text.Length && IsWordByte(text[i]))
                i++;
            if (i > start && IsSecretWord(Encoding.UTF8.GetString(text[start..i])))
            {
                masked.AsSpan(i).Fill(true);
                break;
            }
        }
        for (int at = 0; at < text.Length; at++)
            masked[at] &= !Blank.Is(text[at]);
        return masked;
    }

    private static bool IsWordByte(byte c) => char.IsAsciiLetterOrDigit((char)c) || c is (byte)'_' or (byte)'-';

    private bool IsSecretWord(string word)
    {
        foreach (string secret in _words ??= FindWords())
        {
            int allowed = secret.Length >= ShortestMisspelt ? MostMisspelt : 0;
            if (Math.Abs(secret.Length - word.Length) <= allowed && Spelling.Distance(word, secret) <= allowed)
                return true;
        }
        return false;
    }

    private static string[] FindWords()
        => [.. Configuration.Schema.Walk().SelectMany(static b => b.Block.Words).Where(static w => w.IsSecret).Select(static w => w.Word), .. OtherWords];
}
