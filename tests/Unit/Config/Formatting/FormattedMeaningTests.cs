using System.Diagnostics.CodeAnalysis;
using System.Text;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Formatting;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Reference;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Writing;
using KeepalivedAot.Tests.Unit.Config.Golden;

namespace KeepalivedAot.Tests.Unit.Config.Formatting;

/// <summary>
/// A file and its canonical layout are the same configuration with the same mistakes, for every file of <c>tests/Golden</c> and every
/// example of <c>explain</c>. The formatter itself compares words only; this compares what comes of them.
/// </summary>
public sealed class FormattedMeaningTests
{
    public static TheoryData<string> Names => [.. GoldenRecording.Names.Where(static name => File.Exists(Path.Combine(GoldenFiles.Root, name + ".in")))];

    [Theory]
    [MemberData(nameof(Names))]
    public void Formatted_golden_file_is_the_same_configuration(string name)
        => Require(name + ".in", File.ReadAllBytes(Path.Combine(GoldenFiles.Root, name + ".in")));

    [Fact]
    public void Most_golden_files_can_be_formatted()
    {
        int formatted = Names.Count(static row => ConfigurationFormatter.Format(row.Data + ".in", File.ReadAllBytes(Path.Combine(GoldenFiles.Root, row.Data + ".in")), new GoldenFiles()).IsFormatted);
        Assert.InRange(formatted, Names.Count * 9 / 10, Names.Count);
    }

    [Fact]
    public void Formatted_example_is_the_same_configuration()
    {
        KeywordReference reference = KeywordReference.Make();
        foreach (ReferenceEntry entry in reference.Entries)
        {
            if (KeywordExample.Of(reference, entry) is { } example)
                Require("example.conf", Encoding.UTF8.GetBytes(example));
        }
    }

    private static void Require(string path, byte[] content)
    {
        FormatResult once = ConfigurationFormatter.Format(path, content, new GoldenFiles());
        if (!once.IsFormatted)
            return;
        Assert.True(ConfigurationFormatter.Format(path, once.Text, new GoldenFiles()).IsCanonical, "the second time it becomes something else");
        LoadResult before = Load(path, content);
        LoadResult after = Load(path, once.Text);
        string text = Encoding.UTF8.GetString(once.Text);
        Assert.True(Codes(before) == Codes(after), $"{Codes(before)} become {Codes(after)} in\n{text}");
        Assert.Equal(Model(before), Model(after));
    }

    private static LoadResult Load(string path, byte[] content)
    {
        LoadResult result = ConfigurationLoader.Load(path, new Overlaid(path, content), GoldenRecording.Options);
        ConfigurationLints.Run(result.Configuration, result.Diagnostics);
        return result;
    }

    private static string Codes(LoadResult result)
        => string.Join(' ', result.Diagnostics.Select(static d => d.Code).Order(StringComparer.Ordinal));

    private static string Model(LoadResult result)
    {
        using MemoryStream json = new();
        EffectiveConfiguration.WriteJson(result.Configuration, json, showsSecrets: true);
        return EffectiveConfiguration.ToText(result.Configuration, showsSecrets: true) + Encoding.UTF8.GetString(json.ToArray());
    }

    /// <summary>The golden files, with another content for one of them.</summary>
    private sealed class Overlaid(string changed, byte[] content) : IConfigFiles
    {
        private readonly GoldenFiles _files = new();

        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? read, [NotNullWhen(false)] out string? problem)
        {
            if (path != changed)
                return _files.TryRead(path, out read, out problem);
            (read, problem) = (content, null);
            return true;
        }

        public ConfigFileKind Inspect(string path) => path == changed ? ConfigFileKind.File : _files.Inspect(path);

        public IReadOnlyList<string>? List(string directory) => _files.List(directory);

        public string? GetVariable(string name) => _files.GetVariable(name);
    }
}
