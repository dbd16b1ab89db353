using System.Collections.Immutable;
using KeepalivedAot.Config.Generator;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace KeepalivedAot.Tests.Unit.Generator;

/// <summary>Runs the generator inside this process on a snippet that is compiled against the real attributes.</summary>
internal sealed class GeneratorRun
{
    private const string Usings = """
        using System.Collections.Generic;
        using KeepalivedAot.Base.Net;
        using KeepalivedAot.Base.Time;
        using KeepalivedAot.Config;
        using KeepalivedAot.Config.Schema;

        namespace Snippet;

        """;

    private GeneratorRun(ImmutableArray<Diagnostic> diagnostics, IReadOnlyDictionary<string, string> sources)
    {
        Diagnostics = diagnostics;
        Sources = sources;
    }

    /// <summary>What the generator complains about.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>What it wrote, by the name of the type.</summary>
    public IReadOnlyDictionary<string, string> Sources { get; }

    public static GeneratorRun Of(string snippet)
    {
        GeneratorDriver driver = Driver(trackSteps: false).RunGenerators(Compile(snippet));
        GeneratorRunResult result = Assert.Single(driver.GetRunResult().Results);
        Assert.Null(result.Exception);
        return new GeneratorRun(
            result.Diagnostics,
            result.GeneratedSources.ToDictionary(
                static s => s.HintName["Snippet.".Length..^".g.cs".Length], static s => s.SourceText.ToString(), StringComparer.Ordinal));
    }

    public static GeneratorDriver Driver(bool trackSteps)
        => CSharpGeneratorDriver.Create(
            [new ConfigGenerator().AsSourceGenerator()],
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: trackSteps));

    public static CSharpCompilation Compile(string snippet)
    {
        string[] assemblies = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(Usings + snippet, CSharpParseOptions.Default.WithDocumentationMode(DocumentationMode.None), "Snippet.cs")],
            assemblies.Select(static a => MetadataReference.CreateFromFile(a)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
    }
}
