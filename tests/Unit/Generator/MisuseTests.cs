using Microsoft.CodeAnalysis;

namespace KeepalivedAot.Tests.Unit.Generator;

/// <summary>A declaration that means nothing fails the build, at its place, and writes nothing.</summary>
public sealed class MisuseTests
{
    [Theory]
    [InlineData("KAG001", "[Block(\"b\")] partial class B { [Sets(\"a\")] public bool A { get; set; } [Clears(\"a\")] public bool «Again» { get; set; } }")]
    [InlineData("KAG001", "[Block(\"b\")] partial class B { [Sets(\"a\")] public bool A { get; set; } [Keyword(\"c\"), Alias(\"a\")] public string? «C» { get; set; } }")]
    [InlineData("KAG002", "[Block(\"b\")] partial class B { [Keyword(\"a\")] public object «A» { get; set; } = 1; }")]
    [InlineData("KAG002", "[Block(\"b\")] partial class B { [Keyword(\"a\")] public List<string> «A» { get; } = []; }")]
    [InlineData("KAG002", "[Block(\"b\")] partial class B { [Keyword(\"a\")] public byte[] «A» { get; set; } = []; }")]
    [InlineData("KAG003", "[Block(\"b\")] class «B» { }")]
    [InlineData("KAG003", "class Outer { [Block(\"b\")] partial class «B» { } }")]
    [InlineData("KAG004", "[Block(\"b\")] partial class B { [Keyword(\"a\"), Range(0, 1)] public Duration «A» { get; set; } }")]
    [InlineData("KAG005", "[Block(\"b\")] partial class B { [Keyword(\"a\")] public int «A» { get; set; } }")]
    [InlineData("KAG005", "[Block(\"b\")] partial class B { [Keyword(\"a\"), Range(2, 1)] public int «A» { get; set; } }")]
    [InlineData("KAG005", "[Block(\"b\")] partial class B { [Keyword(\"a\"), Range(0, 256)] public byte «A» { get; set; } }")]
    [InlineData("KAG005", "[Block(\"b\")] partial class B { [Keyword(\"a\"), Range(-1, 5)] public uint «A» { get; set; } }")]
    [InlineData("KAG005", "[Block(\"b\")] partial class B { [Keyword(\"a\"), Seconds(Decimals = 3), Range(0.0001, 1)] public Duration «A» { get; set; } }")]
    [InlineData("KAG005", "[Block(\"b\")] partial class B { [Keyword(\"a\"), Range(0, 1)] public string «A» { get; set; } = \"\"; }")]
    [InlineData("KAG006", "enum E { X } [Block(\"b\")] partial class B { [Keyword(\"a\")] public E «A» { get; set; } }")]
    [InlineData("KAG007", "[Block(\"b\")] partial class B { [Keyword(\"a\")] public string «A» { get; } = \"\"; }")]
    [InlineData("KAG008", "[Block(\"b\", Label = \"NAME\")] partial class «B» { }")]
    [InlineData("KAG009", "[LineBlock] partial class «L» { }")]
    [InlineData("KAG009", "[Block(\"b\")] partial class «B» { [Positional(\"address\")] public IpAddress A { get; set; } }")]
    [InlineData("KAG009", "[Block(\"b\", Label = \"NAME\")] partial class «B» { public string Name { get; set; } = \"\"; [Sets(\"a\")] public bool A { get; set; } [Content] public List<KeepalivedAot.Config.Vrrp.UnicastPeer> C { get; } = []; }")]
    [InlineData("KAG010", "[Block(\"b\")] partial class B { [Sets(\"a\")] public int «A» { get; set; } }")]
    [InlineData("KAG011", "[Block(\"b\")] partial class B { [Sets(\"a b\")] public bool «A» { get; set; } }")]
    [InlineData("KAG011", "[Block(\"b\")] partial class B { [Sets(\"\")] public bool «A» { get; set; } }")]
    [InlineData("KAG012", "[Block(\"b\")] partial class B { [Range(0, 1)] public int «A» { get; set; } }")]
    [InlineData("KAG013", "[Block(\"b\")] partial class B { [Keyword(\"a\", Bare = \"x\"), Range(0, 1)] public int «A» { get; set; } }")]
    [InlineData("KAG013", "[Block(\"b\")] partial class B { [Keyword(\"a\"), Range(0, 1), Fallback(\"x\")] public int «A» { get; set; } }")]
    public void Misuse_is_reported_at_its_place_and_nothing_is_written(string id, string marked)
    {
        GeneratorRun run = GeneratorRun.Of(marked.Replace("«", "").Replace("»", ""));
        Diagnostic only = Assert.Single(run.Diagnostics);
        Assert.Equal((id, DiagnosticSeverity.Error), (only.Id, only.Severity));
        FileLinePositionSpan place = only.Location.GetLineSpan();
        Assert.Equal(("Snippet.cs", marked.IndexOf('«'), marked.IndexOf('»') - 1),
            (place.Path, place.StartLinePosition.Character, place.EndLinePosition.Character));
        Assert.Empty(run.Sources);
    }
}
