using System.Text;
using KeepalivedAot.Base;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>Makes bad configurations out of good ones: by what the language is made of, or byte by byte.</summary>
/// <param name="corpus">What to begin with, and to take pieces from.</param>
/// <param name="words">Keywords of the language.</param>
internal sealed class FuzzMutator(IReadOnlyList<byte[]> corpus, IReadOnlyList<string> words)
{
    private const int MostChanges = 6;
    private const int LongestInput = 20_000;

    private static readonly string[] Directives =
    [
        "~SEQ(A, 3) ", "~SEQ(B, 1, 1000000000) ", "~SEQx(A, 9, -1, 0) ", "~SEQ(A,$A) ", "~LST({A, B}, {1, 2}, {3}) ", "~LST(A, x, {y}) ", "~SEQ(",
        "$A=$B\n", "$B=$A\n", "$A=x \\\n$A\\\ny\n", "$B=~SEQ(A, 2) $A\n", "$A={\n", "$A=}\n", "$_ENV=x\n", "$A=include f\n", " $A", " ${B} ", "${A x}", "${_RANDOM 3 9}",
        "${_ENV GOLDEN}", "${_PWD}", "${_HASH}", "${", "@host1 ", "@^host1 ", "@other ", "include main\n", "includea *\n", "include {f,main}*\n", "includeb fuzz/{a,b\n",
        "include_check +brace_match\n", "\\\n", "\\", "\"", "'", "#", "!", "\"{\"", "\0", "\r\n", "\uFEFF",
    ];

    private static readonly byte[] Signs = "{}\"'#!\\\n\r\t \0$@~/-:.()=\u00FF"u8.ToArray();

    private static readonly string[] Numbers =
    [
        "0", "-1", "+1", "255", "256", "65536", "4294967295", "4294967296", "-2147483648", "18446744073709551616", "99999999999999999999999999", "0x7f", "010", ".5", "5.",
        "0.0000001", "1e9", "nan", "", "\"\"", "0.0.0.0", "255.255.255.255/32", "::", "::ffff:1.2.3.4/129", "fe80::1%eth0", "2001:db8::1-f", "1.2.3.4-5",
    ];

    /// <summary>Swaps, drops, doubles and invents words, braces, lines and directives.</summary>
    public byte[] MutateWords(Prng prng)
    {
        List<string> tokens = Tokens(Pick(prng, corpus));
        for (int changes = 1 + prng.Next(MostChanges); changes > 0; changes--)
        {
            if (tokens.Count == 0)
                tokens.Add("\n");
            Change(prng, tokens);
        }
        byte[] bytes = Encoding.Latin1.GetBytes(string.Concat(tokens).Replace("\uFEFF", "\u00EF\u00BB\u00BF", StringComparison.Ordinal));
        return bytes.Length <= LongestInput ? bytes : bytes[..LongestInput];
    }

    /// <summary>Changes, drops, inserts and copies bytes.</summary>
    public byte[] MutateBytes(Prng prng)
    {
        List<byte> bytes = [.. Pick(prng, corpus)];
        for (int changes = 1 + prng.Next(MostChanges); changes > 0 && bytes.Count > 0; changes--)
        {
            int at = prng.Next(bytes.Count);
            switch (prng.Next(4))
            {
                case 0:
                    bytes[at] = (byte)prng.Next(256);
                    break;
                case 1:
                    bytes.Insert(at, Signs[prng.Next(Signs.Length)]);
                    break;
                case 2:
                    bytes.RemoveRange(at, Math.Min(1 + prng.Next(30), bytes.Count - at));
                    break;
                default:
                    bytes.InsertRange(prng.Next(bytes.Count), bytes.GetRange(at, Math.Min(1 + prng.Next(60), bytes.Count - at)));
                    break;
            }
        }
        return [.. bytes];
    }

    private void Change(Prng prng, List<string> tokens)
    {
        int at = prng.Next(tokens.Count);
        int other = prng.Next(tokens.Count);
        switch (prng.Next(12))
        {
            case 0:
                (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                break;
            case 1:
                tokens.RemoveRange(at, Math.Min(1 + prng.Next(4), tokens.Count - at));
                break;
            case 2:
                tokens.InsertRange(other, tokens.GetRange(at, Math.Min(1 + prng.Next(40), tokens.Count - at)));
                break;
            case 3:
                tokens.Insert(at, prng.Next(2) == 0 ? "{" : "}");
                break;
            case 4:
                at = tokens.FindIndex(at, static t => t is "{" or "}");
                if (at >= 0)
                    tokens.RemoveAt(at);
                break;
            case 5 or 6:
                tokens.Insert(at, Pick(prng, Directives));
                break;
            case 7:
                at = tokens.FindIndex(at, static t => char.IsAsciiDigit(t[0]));
                if (at >= 0)
                    tokens[at] = Pick(prng, Numbers);
                break;
            case 8:
                tokens[at] = Pick(prng, Numbers);
                break;
            case 9:
                tokens.Insert(at, $"\n{Pick(prng, words)} ");
                break;
            case 10:
                List<string> donor = Tokens(Pick(prng, corpus));
                int from = prng.Next(donor.Count + 1);
                tokens.InsertRange(at, donor.GetRange(from, Math.Min(1 + prng.Next(30), donor.Count - from)));
                break;
            default:
                tokens.Insert(at, new string(Pick(prng, ["{", "}", "a {\n", "$A", "\"", "x"])[0], 1 + prng.Next(200)));
                break;
        }
    }

    // Runs of blanks, line ends and braces one by one, and what is between them. Latin-1 keeps every byte as it is.
    private static List<string> Tokens(byte[] content)
    {
        List<string> tokens = [];
        string text = Encoding.Latin1.GetString(content);
        int start = 0;
        while (start < text.Length)
        {
            int end = start + 1;
            if (!IsAlone(text[start]))
            {
                while (end < text.Length && !IsAlone(text[end]) && text[end] == ' ' == (text[start] == ' '))
                    end++;
            }
            tokens.Add(text[start..end]);
            start = end;
        }
        return tokens;
    }

    private static bool IsAlone(char c) => c is '{' or '}' or '\n' or '"' or '$' or '(' or ')' or ',';

    private static T Pick<T>(Prng prng, IReadOnlyList<T> choices) => choices[prng.Next(choices.Count)];
}
