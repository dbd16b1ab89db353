using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Tests.Unit.Config.Global;

/// <summary>Loads the lines of one <c>global_defs</c>, under a config test.</summary>
internal static class GlobalText
{
    public static LoadResult Load(string lines) => ConfigText.Load($"global_defs {{\n{lines}\n}}\n");

    public static GlobalDefsBlock Read(string lines) => Load(lines).Configuration.GlobalDefs;

    /// <summary>What is found besides words that are not done yet.</summary>
    public static string[] Codes(LoadResult result) => [.. ConfigText.Codes(result).Where(static c => c is not ("KA0202" or "KA0219"))];

    /// <summary>The effective configuration, having made sure that it is read back to the same.</summary>
    public static string Written(string lines)
    {
        string text = EffectiveConfiguration.ToText(Load(lines).Configuration, showsSecrets: true);
        LoadResult again = ConfigText.Load(text);
        Assert.False(again.Diagnostics.HasErrors, ConfigText.Render(again));
        Assert.Equal(text, EffectiveConfiguration.ToText(again.Configuration, showsSecrets: true));
        return text;
    }
}
