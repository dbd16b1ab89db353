using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Formatting;

namespace KeepalivedAot.Tests.Unit.Config.Formatting;

/// <summary>Files that nobody would write, made from a seed: whatever is handed out is canonical, and reads as before.</summary>
public sealed class FormatterPropertyTests
{
    private static readonly string[] Pieces =
    [
        "vrrp_instance", "A", "interface", "eth0", "10.0.0.1/24", "{", "{", "}", "}", "\"", "\"a  b\"", "\"{\"", "\"}#\"", "'", "'a  b'", "\\", "\\#", "\\\"",
        "# c", "! d  e", "#", "$A=", "$A=x \\", "$A=\\", "$A", "${A}", "${A b}", "${_RANDOM 1 5}", "$B={", "@main", "@^main", "@", "~SEQ(i, 1, 3)",
        "~LST({a}, {1}, {2})", "~", "include x.conf", "include", "includea", "x\"y\"z", "\uFEFF", "é", "\u00FF",
    ];

    private static readonly string[] Blanks = [" ", "  ", "\t", "", "\r", "\v", " \f "];

    private static readonly string[] Ends = ["\n", "\n", "\n", "\r\n", "\n\n", "\n \n\n", " \n", "\\\n"];

    [Fact]
    public void Formatter_of_random_files_is_idempotent_and_keeps_what_is_read()
    {
        int formatted = 0;
        for (ulong seed = 1; seed <= 4000; seed++)
        {
            byte[] content = Make(new Prng(seed));
            if (Check(content, $"seed {seed}"))
                formatted++;
        }
        // The others have unbalanced braces. Were it few, nothing would have been tried.
        Assert.InRange(formatted, 1000, 4000);
    }

    [Fact]
    public void Formatter_survives_damaged_files()
    {
        byte[] good = File.ReadAllBytes(Path.Combine(Repository.Root, "packaging/demo/m1.conf"));
        int formatted = 0;
        for (ulong seed = 1; seed <= 3000; seed++)
        {
            Prng random = new(seed);
            byte[] content = [.. good];
            for (int i = random.Next(8); i >= 0; i--)
                content = Mutate(content, random);
            if (Check(content, $"seed {seed}"))
                formatted++;
        }
        Assert.InRange(formatted, 500, 3000);
    }

    private static bool Check(byte[] content, string what)
    {
        TextFiles files = new() { ["x.conf"] = "y  z\n" };
        FormatResult once = ConfigurationFormatter.Format("f", content, files);
        Assert.False(once.Diagnostics.Any(static d => d.Code is "KA0190"), $"{what} would change:\n{Encoding.UTF8.GetString(content)}");
        Assert.Equal(once.Diagnostics.Count > 0, once.Text.Length == 0 && content.Length > 0 && !IsBlank(content));
        if (!once.IsFormatted)
            return false;
        FormatResult twice = ConfigurationFormatter.Format("f", once.Text, files);
        Assert.True(twice.IsCanonical, $"{what}:\n{Encoding.UTF8.GetString(content)}\n----\n{Encoding.UTF8.GetString(once.Text)}\n----\n{Encoding.UTF8.GetString(twice.Text)}");
        string diff = UnifiedDiffTests.Write(once);
        Assert.Equal(once.IsCanonical, diff.Length == 0);
        return true;
    }

    private static bool IsBlank(byte[] content) => content.AsSpan().IndexOfAnyExcept(" \t\r\n\v\f"u8) < 0;

    private static byte[] Make(Prng random)
    {
        StringBuilder text = new();
        int lines = 1 + random.Next(12);
        int open = 0;
        for (int line = 0; line < lines; line++)
        {
            for (int i = random.Next(6); i > 0; i--)
            {
                string piece = Pieces[random.Next(Pieces.Length)];
                // Mostly balanced, or nothing would be formatted.
                if (piece == "}" && open-- <= 0)
                    continue;
                open += piece == "{" ? 1 : 0;
                text.Append(Blanks[random.Next(Blanks.Length)]).Append(piece);
            }
            text.Append(Blanks[random.Next(Blanks.Length)]).Append(Ends[random.Next(Ends.Length)]);
        }
        for (; open > 0; open--)
            text.Append("}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Mutate(byte[] content, Prng random)
    {
        int at = random.Next(content.Length);
        int length = 1 + random.Next(Math.Min(16, content.Length - at));
        ReadOnlySpan<byte> interesting = "{}\"'\\#!$@~ \n\r\t=\0\xFF"u8;
        return random.Next(4) switch
        {
            0 => [.. content[..at], .. content[(at + length)..], (byte)'\n'],
            1 => [.. content[..at], interesting[random.Next(interesting.Length)], .. content[at..]],
            2 => [.. content[..at], .. content[at..(at + length)], .. content[at..]],
            _ => [.. content[..at], (byte)random.Next(256), .. content[(at + 1)..]],
        };
    }
}
