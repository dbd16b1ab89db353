using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Formatting;
using KeepalivedAot.Config.Reports;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Tests.Fuzz.Targets;

/// <summary>Files that people and programs write.</summary>
internal static class ConfigurationTargets
{
    private const string Main = "main";

    // A fuzzer gains nothing from more.
    private const int LongestInput = 1 << 15;

    private static readonly LoadOptions s_options = new() { IsConfigTest = true, ConfigId = "host1" };

    public static IEnumerable<FuzzTarget> All =>
    [
        new("config", "keepalived.conf: blocks and keywords", Configuration, static () => Golden(static name => !IsAboutDefinitions(name))),
        new("definitions", "keepalived.conf: definitions, sequences, lists, conditions", Configuration, static () => Golden(IsAboutDefinitions)),
        new("fmt", "keepalived.conf in its canonical layout", Format, static () => Golden(static name => name.StartsWith("0", StringComparison.Ordinal))),
        new("toml", "keepalived-aot.toml", Toml, static () => [Encoding.UTF8.GetBytes(Uncommented(SettingsText.Sample()))]),
        new("iproute-names", "rt_tables and the like, /etc/protocols", Names, static () => ["# names\n254\tmain\n0x10 lab\n300 a b\n"u8.ToArray(), "ip\t0\tIP\nvrrp 112 VRRP # it\n"u8.ToArray()]),
    ];

    private static void Configuration(byte[] input)
    {
        if (input.Length > LongestInput)
            return;
        LoadResult read = ConfigurationLoader.Load(Main, new TextInMemory(Main, input), s_options);
        foreach (Diagnostic diagnostic in read.Diagnostics)
            HasPlace(diagnostic, input);
        CheckReport report = new([read]);
        Promise.IsPrintable(report.Write(ReportFormat.Text));
        Promise.IsJson(report.Write(ReportFormat.Json));
        if (read.Diagnostics.HasErrors)
            return;
        string text = EffectiveConfiguration.ToText(read.Configuration, showsSecrets: true);
        // A line that was put together from definitions may be longer than one that can be read.
        if (text.Split('\n').Any(static line => Encoding.UTF8.GetByteCount(line) > LineReader.LongestLine))
            return;
        LoadResult again = ConfigurationLoader.Load(Main, new TextInMemory(Main, ByteText.Encode(text)), s_options);
        Promise.Require(!again.Diagnostics.HasErrors, $"what is printed can be read: {new DiagnosticRenderer(again.Sources).Render(again.Diagnostics)} of {text}");
        Promise.Equal(text, EffectiveConfiguration.ToText(again.Configuration, showsSecrets: true), "what is printed means the same");
    }

    private static void HasPlace(Diagnostic diagnostic, byte[] input)
    {
        SourceLocation at = diagnostic.Location;
        Promise.Require(at.File is not null, $"{diagnostic.Code} '{diagnostic.Message}' has a place");
        int lines = input.AsSpan().Count((byte)'\n') + 1;
        Promise.Require(at.Line >= 0 && at.Line <= lines, $"{diagnostic.Code} is on line {at.Line} of {lines}");
        Promise.Require(at.Line == 0 || (at.Column >= 1 && at.Length >= 1), $"{diagnostic.Code} '{diagnostic.Message}' is at {at} with a length of {at.Length}");
    }

    private static void Format(byte[] input)
    {
        if (input.Length > LongestInput)
            return;
        FormatResult first = ConfigurationFormatter.Format(Main, input, new TextInMemory(Main, input), "host1");
        foreach (Diagnostic diagnostic in first.Diagnostics)
            HasPlace(diagnostic, input);
        if (!first.IsFormatted)
            return;
        FormatResult second = ConfigurationFormatter.Format(Main, first.Text, new TextInMemory(Main, first.Text), "host1");
        Promise.Require(second.IsFormatted, $"a canonical layout has one: {Encoding.UTF8.GetString(first.Text)}");
        Promise.SameBytes(first.Text, second.Text, "the layout of a canonical layout is that itself");
    }

    private static void Toml(byte[] input)
    {
        LoadResult read = SettingsLoader.Load(Main, new TextInMemory(Main, input));
        foreach (Diagnostic diagnostic in read.Diagnostics)
            HasPlace(diagnostic, input);
        Promise.IsPrintable(new DiagnosticRenderer(read.Sources).Render(read.Diagnostics));
    }

    private static void Names(byte[] input)
    {
        IprouteNames names = new(new EveryFile(input), NameAnswer.Unknown);
        foreach (NameTable table in Enum.GetValues<NameTable>())
        {
            foreach (string name in (string[])["main", "lab", "vrrp", "", "a"])
                names.Find(table, name, out _);
        }
    }

    private static string Uncommented(string sample) => string.Join('\n', sample.Split('\n').Select(static line => line.StartsWith("# ", StringComparison.Ordinal) && line.Contains(" = ", StringComparison.Ordinal) ? line[2..] : line));

    private static bool IsAboutDefinitions(string name) => name is ['0', '2' or '3' or '4' or '5' or '6' or '7' or '8', ..];

    // The recordings of the language, and a sample of everything else.
    private static IEnumerable<byte[]> Golden(Func<string, bool> isWanted)
    {
        foreach (string path in Repository.Files("tests/Golden", "*.in"))
        {
            if (isWanted(Path.GetFileName(path)) && new FileInfo(path).Length <= 2048)
                yield return File.ReadAllBytes(path);
        }
    }

    private sealed class EveryFile(byte[] content) : IConfigFiles
    {
        public bool TryRead(string path, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out byte[]? read, [System.Diagnostics.CodeAnalysis.NotNullWhen(false)] out string? problem)
        {
            read = content;
            problem = null;
            return true;
        }
    }
}
