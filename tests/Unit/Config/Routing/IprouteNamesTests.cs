using System.Diagnostics.CodeAnalysis;
using System.Text;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Tests.Unit.Config.Routing;

/// <summary>Which file a name comes from.</summary>
public sealed class IprouteNamesTests
{
    private readonly Files _files = new();

    [Fact]
    public void File_in_etc_hides_that_in_usr()
    {
        _files.Add("/usr/share/iproute2/rt_tables", "# comment\n100 blue\n101\tred # warm\n");
        Assert.Equal(100u, Find("blue"));
        Assert.Equal(101u, Find("red"));
        _files.Add("/etc/iproute2/rt_tables", "0x10 green\n");
        Assert.Equal(16u, Find("green"));
        Assert.Null(Find("blue"));
    }

    [Fact]
    public void Files_of_directories_are_added_and_hide_their_namesakes_only()
    {
        _files.Add("/usr/share/iproute2/rt_tables", "1 base\n");
        _files.Add("/usr/share/iproute2/rt_tables.d/a.conf", "2 hidden\n");
        _files.Add("/usr/share/iproute2/rt_tables.d/b.conf", "3 shown\n");
        _files.Add("/etc/iproute2/rt_tables.d/a.conf", "4 own\n");
        _files.Add("/etc/iproute2/rt_tables.d/a.txt", "5 text\n");
        Assert.Equal([1u, null, 3u, 4u, null], [Find("base"), Find("hidden"), Find("shown"), Find("own"), Find("text")]);
    }

    [Fact]
    public void Without_files_there_are_the_built_in_names()
    {
        Assert.Equal(254u, Find("main"));
        Assert.Null(Find("unspec"));
        Assert.Equal(NameAnswer.NotKnownHere, new IprouteNames(_files, NameAnswer.NotKnownHere).Find(NameTable.Realms, "x", out _));
    }

    [Fact]
    public void Directories_can_be_others()
    {
        _files.Add("/a/rt_scopes", "7 near\n");
        _files.Add("/b/group", "8 lan\n");
        IprouteNames names = new(_files, NameAnswer.Unknown);
        names.UseDirectories("/a", "/b");
        Assert.Equal(NameAnswer.Found, names.Find(NameTable.Scopes, "near", out uint scope));
        Assert.Equal(7u, scope);
        Assert.Equal(NameAnswer.Found, names.Find(NameTable.InterfaceGroups, "lan", out uint group));
        Assert.Equal(8u, group);
    }

    [Fact]
    public void Protocols_have_aliases()
    {
        _files.Add("/etc/protocols", "tcp\t6\tTCP\t# transmission control\nxyz 99\n");
        IprouteNames names = new(_files, NameAnswer.Unknown);
        Assert.Equal(NameAnswer.Found, names.Find(NameTable.IpProtocols, "TCP", out uint number));
        Assert.Equal(6u, number);
        Assert.Equal(NameAnswer.Found, names.Find(NameTable.IpProtocols, "xyz", out _));
        Assert.Equal(NameAnswer.Found, names.Find(NameTable.IpProtocols, "gre", out _));
    }

    private uint? Find(string name)
        => new IprouteNames(_files, NameAnswer.Unknown).Find(NameTable.RoutingTables, name, out uint number) == NameAnswer.Found ? number : null;

    private sealed class Files : IConfigFiles
    {
        private readonly Dictionary<string, byte[]> _content = [];

        public void Add(string path, string text) => _content[path] = Encoding.UTF8.GetBytes(text);

        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
        {
            bool found = _content.TryGetValue(path, out content);
            problem = found ? null : "No such file or directory";
            return found;
        }

        public IReadOnlyList<string>? List(string directory)
        {
            List<string> names = [.. _content.Keys.Where(k => k.StartsWith(directory + "/", StringComparison.Ordinal)).Select(k => k[(directory.Length + 1)..])];
            return names.Count == 0 ? null : names;
        }
    }
}
