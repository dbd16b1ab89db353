using System.Text;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Lints;

namespace KeepalivedAot.Tests.Unit.Config.Lints;

/// <summary>Runs the lints over configurations from strings.</summary>
internal static class LintText
{
    /// <summary>An instance that no lint has anything to say of, to which a body is added.</summary>
    public static string Instance(string body, string name = "A", string addresses = "192.0.2.100/24", byte vrid = 7)
        => $"vrrp_instance {name} {{\ninterface eth0\nvirtual_router_id {vrid}\n{body}\nvirtual_ipaddress {{\n{addresses}\n}}\n}}\n";

    public static LoadResult Run(string text)
    {
        LoadResult result = ConfigText.Load(text);
        ConfigurationLints.Run(result.Configuration, result.Diagnostics);
        return result;
    }

    /// <summary>The codes of the lints, without those of other findings.</summary>
    public static string[] Codes(string text) => Codes(Run(text));

    public static string[] Codes(LoadResult result) => [.. Found(result).Select(static d => d.Code)];

    public static Diagnostic[] Found(LoadResult result) => [.. result.Diagnostics.Where(static d => d.Kind.Number / 100 == 9)];

    /// <summary>Reads files m1.conf, m2.conf and so on, and compares them.</summary>
    public static LoadResult[] Compare(params string[] texts)
    {
        LoadResult[] files = [.. texts.Select(static (text, i) => ConfigurationLoader.Load(
            $"m{i + 1}.conf", new ConfigText.MemoryFiles(Encoding.UTF8.GetBytes(text)), isConfigTest: true))];
        PeerComparison.Compare(files);
        return files;
    }

    public static string[] ComparedCodes(params string[] texts) => [.. Compare(texts).SelectMany(Codes)];
}
