using System.Text;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Reference;

/// <summary>The explanations of all codes; their texts are the files in <c>Explanations/</c>, one for each area, read when somebody asks.</summary>
/// <remarks>
/// A text and not C#, so that an example looks as it does in a configuration. The form:
/// <code>
/// ## KA0303
///
/// Why it matters and what to do.
///
/// Wrong:
///
///     priority 300
///
/// Right:
///
///     priority 200
/// </code>
/// A test runs every example through the loader. "Wrong where eth7 does not exist:" says that the text alone does not show it.
/// </remarks>
public static class Explanations
{
    private const string ResourcePrefix = "explanations/";
    private const string Heading = "## ";

    private static Dictionary<string, Explanation>? s_byCode;

    /// <summary>Null when nothing was written about it; a test sees to it that this is so for none.</summary>
    public static Explanation? Of(DiagnosticKind kind) => All.GetValueOrDefault(kind.Code);

    /// <summary>Those that were written, by code.</summary>
    internal static Dictionary<string, Explanation> All => s_byCode ??= Read();

    private static Dictionary<string, Explanation> Read()
    {
        Dictionary<string, Explanation> byCode = [];
        System.Reflection.Assembly assembly = typeof(Explanations).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (!name.StartsWith(ResourcePrefix, StringComparison.Ordinal))
                continue;
            using StreamReader reader = new(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);
            Read(reader.ReadToEnd(), byCode);
        }
        return byCode;
    }

    /// <summary>Reads one file; what stands before its first heading is for whoever edits it.</summary>
    internal static void Read(string text, Dictionary<string, Explanation> byCode)
    {
        foreach (string section in ("\n" + text).Split("\n" + Heading).Skip(1))
        {
            int end = section.IndexOf('\n');
            byCode.Add(section[..end].Trim(), new ExplanationReader(section[end..]).Read());
        }
    }
}
