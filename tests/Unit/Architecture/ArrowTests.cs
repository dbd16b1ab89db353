using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace KeepalivedAot.Tests.Unit.Architecture;

/// <summary>Reads what the built assemblies really refer to, and fails when an arrow of DESIGN.md is broken.</summary>
public sealed class ArrowTests
{
    private const string Program = "keepalived-aot";

    // Every assembly of ours and the ones below it that it may know. Arrows point down only.
    private static readonly Dictionary<string, string[]> s_arrows = new()
    {
        ["KeepalivedAot.Base"] = [],
        ["KeepalivedAot.Vrrp"] = ["KeepalivedAot.Base"],
        ["KeepalivedAot.Tracking"] = ["KeepalivedAot.Base"],
        ["KeepalivedAot.Mail"] = ["KeepalivedAot.Base"],
        ["KeepalivedAot.Linux"] = ["KeepalivedAot.Base"],
        ["KeepalivedAot.Config"] = ["KeepalivedAot.Base"],
        ["KeepalivedAot.Daemon"] =
        [
            "KeepalivedAot.Base", "KeepalivedAot.Vrrp", "KeepalivedAot.Tracking", "KeepalivedAot.Mail", "KeepalivedAot.Linux", "KeepalivedAot.Config",
        ],
        ["KeepalivedAot.Simulation"] =
        [
            "KeepalivedAot.Base", "KeepalivedAot.Vrrp", "KeepalivedAot.Tracking", "KeepalivedAot.Linux", "KeepalivedAot.Config", "KeepalivedAot.Daemon",
        ],
        [Program] =
        [
            "KeepalivedAot.Base", "KeepalivedAot.Vrrp", "KeepalivedAot.Tracking", "KeepalivedAot.Mail", "KeepalivedAot.Linux", "KeepalivedAot.Config",
            "KeepalivedAot.Daemon", "KeepalivedAot.Simulation",
        ],
    };

    // Framework assemblies that start threads, touch the world or load shared objects.
    private static readonly string[] s_noneOfOurs =
    [
        "System.Console", "System.Diagnostics.Process", "System.Net.Sockets", "System.Net.NameResolution", "System.Net.NetworkInformation",
        "System.Security.Cryptography", "System.Threading.ThreadPool", "System.Threading.Tasks.Parallel", "System.Net.Http", "System.Net.Security",
    ];

    // Bytes, events and `now` in, effects out: not even files and native calls.
    private static readonly string[] s_notInPureOnes = ["System.Runtime.InteropServices", "System.Threading.Thread", "Tmds.LibC"];

    private static readonly string[] s_pure = ["KeepalivedAot.Base", "KeepalivedAot.Vrrp", "KeepalivedAot.Tracking", "KeepalivedAot.Mail"];

    public static TheoryData<string> Assemblies => [.. s_arrows.Keys];

    private static string[] ReferencesOf(string assembly)
    {
        using PEReader file = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }

    [Theory, MemberData(nameof(Assemblies))]
    public void Assembly_referencesOnlyWhatIsBelowIt(string assembly)
    {
        IEnumerable<string> ours = ReferencesOf(assembly).Where(name => name.StartsWith("KeepalivedAot.", StringComparison.Ordinal) || name == Program);
        Assert.Empty(ours.Except(s_arrows[assembly]));
    }

    [Theory, MemberData(nameof(Assemblies))]
    public void Assembly_referencesNothingThatStartsThreadsOrLoadsLibraries(string assembly)
    {
        // The verbs that answer and end may print through the console; whoever stays may not.
        string[] allowed = assembly == Program ? ["System.Console"] : [];
        Assert.Empty(ReferencesOf(assembly).Intersect(s_noneOfOurs).Except(allowed));
    }

    [Theory, MemberData(nameof(Assemblies))]
    public void Assembly_onlyTheProgramKnowsTheCommandLineParser(string assembly)
        => Assert.True(assembly == Program || !ReferencesOf(assembly).Contains("System.CommandLine"));

    [Theory, MemberData(nameof(Assemblies))]
    public void Assembly_onlyVrrpKnowsWhereDigestsComeFrom(string assembly)
        => Assert.Equal(assembly == "KeepalivedAot.Vrrp", ReferencesOf(assembly).Contains("BouncyCastle.Cryptography"));

    [Theory]
    [InlineData("KeepalivedAot.Base")]
    [InlineData("KeepalivedAot.Vrrp")]
    [InlineData("KeepalivedAot.Tracking")]
    [InlineData("KeepalivedAot.Mail")]
    public void PureAssembly_hasNoNativeCallAndNoThread(string assembly)
    {
        Assert.Contains(assembly, s_pure);
        Assert.Empty(ReferencesOf(assembly).Intersect(s_notInPureOnes));
        using PEReader file = new(File.OpenRead(Path.Combine(AppContext.BaseDirectory, $"{assembly}.dll")));
        Assert.Equal(0, file.GetMetadataReader().GetTableRowCount(TableIndex.ModuleRef));
    }

    [Fact]
    public void Assemblies_builtOnes_areAllListedHere()
    {
        IEnumerable<string> built = Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Select(path => Path.GetFileNameWithoutExtension(path))
            .Where(name => (name.StartsWith("KeepalivedAot.", StringComparison.Ordinal) || name == Program)
                && !name.StartsWith("KeepalivedAot.Tests.", StringComparison.Ordinal)
                // Part of the compiler, never of the program.
                && name != "KeepalivedAot.Config.Generator");
        Assert.Empty(built.Except(s_arrows.Keys));
    }
}
