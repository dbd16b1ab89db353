using System.Diagnostics.CodeAnalysis;
using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Tests.Unit.Config.Golden;

/// <summary>What <c>config</c> prints can be read again, and then is the same.</summary>
internal static class RoundTrip
{
    public static void Require(LoadResult first, LoadOptions options)
    {
        string? problem = ProblemOf(first, options);
        Assert.True(problem is null, problem);
    }

    /// <summary>Null when all is well.</summary>
    /// <remarks>
    /// A mistake that leaves its mark on the configuration, such as a script that nobody uses, is there in what was printed, too;
    /// otherwise that has no errors.
    /// </remarks>
    public static string? ProblemOf(LoadResult first, LoadOptions options)
    {
        string text = EffectiveConfiguration.ToText(first.Configuration, showsSecrets: true);
        // A line that was put together from definitions, or an indented one, may be longer than one that can be read.
        if (text.Split('\n').Any(static line => Encoding.UTF8.GetByteCount(line) > LineReader.LongestLine))
            return null;
        LoadResult second = ConfigurationLoader.Load("effective.conf", new OneFile(text), options);
        if (second.Diagnostics.HasErrors && !first.Diagnostics.HasErrors)
            return $"the effective configuration has errors:\n{new DiagnosticRenderer(second.Sources).Render(second.Diagnostics)}\nof\n{text}";
        string again = EffectiveConfiguration.ToText(second.Configuration, showsSecrets: true);
        if (text != again)
            return $"text differs.\nFirst:\n{text}\nThen:\n{again}";
        string json = Json(first.Configuration);
        string jsonAgain = Json(second.Configuration);
        return json == jsonAgain ? null : $"JSON differs.\nFirst:\n{json}\nThen:\n{jsonAgain}";
    }

    private static string Json(Configuration configuration)
    {
        using MemoryStream output = new();
        EffectiveConfiguration.WriteJson(configuration, output, showsSecrets: true);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    private sealed class OneFile(string text) : IConfigFiles
    {
        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
        {
            content = ByteText.Encode(text);
            problem = null;
            return true;
        }
    }
}
