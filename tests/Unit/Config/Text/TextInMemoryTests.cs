using System.Diagnostics.CodeAnalysis;
using System.Text;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config.Text;

/// <summary>One text in front of other files, or of none.</summary>
public sealed class TextInMemoryTests
{
    private static readonly byte[] s_text = "router_id a\n"u8.ToArray();

    [Fact]
    public void Text_isThere_underItsNameOnly()
    {
        TextInMemory files = new("record", s_text);
        Assert.True(files.TryRead("record", out byte[]? found, out _));
        Assert.Same(s_text, found);
        Assert.Equal(ConfigFileKind.File, files.Inspect("record"));
        Assert.False(files.TryRead("other", out _, out string? problem));
        Assert.Equal("No such file or directory", problem);
        Assert.Equal(ConfigFileKind.Missing, files.Inspect("other"));
        Assert.Equal(("", null, null), (files.CurrentDirectory, files.List("/"), files.GetVariable("HOME")));
    }

    [Fact]
    public void Everything_else_isThatOfTheOthers()
    {
        TextInMemory others = new("other", Encoding.UTF8.GetBytes("b"), new Host());
        TextInMemory files = new("main", s_text, others);
        Assert.True(files.TryRead("other", out byte[]? found, out _));
        Assert.Equal("b"u8.ToArray(), found);
        Assert.Equal(ConfigFileKind.File, files.Inspect("other"));
        Assert.Equal(("/here", "value of HOME"), (files.CurrentDirectory, files.GetVariable("HOME")));
        Assert.Equal(["a.conf"], files.List("/here"));
    }

    [Fact]
    public void Text_thatCouldNotBeRead_isReportedWhereItIsRead()
    {
        TextInMemory files = new("<stdin>", null, problem: "Input/output error");
        Assert.Equal(ConfigFileKind.File, files.Inspect("<stdin>"));
        Assert.False(files.TryRead("<stdin>", out _, out string? problem));
        Assert.Equal("Input/output error", problem);
    }

    private sealed class Host : IConfigFiles
    {
        public string CurrentDirectory => "/here";

        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
            => throw new InvalidOperationException(path);

        public IReadOnlyList<string> List(string directory) => ["a.conf"];

        public string GetVariable(string name) => $"value of {name}";
    }
}
