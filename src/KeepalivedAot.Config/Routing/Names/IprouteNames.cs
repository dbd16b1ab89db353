using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Routing.Names;

/// <summary>The names in iproute2's files, and those of IP protocols; each table is read when somebody first asks for it.</summary>
/// <remarks>
/// A file in the etc directory hides the one in the usr directory; then all <c>FILE.d/*.conf</c> are added, of which again one in etc
/// hides its namesake in usr (grammar 13.7). What no file has may be built in.
/// </remarks>
/// <param name="otherwise">What to say of a name that is nowhere: unknown, or, when the file is for another host, not known here.</param>
public sealed class IprouteNames(IConfigFiles files, NameAnswer otherwise) : INameTables
{
    public const string DefaultEtcDirectory = "/etc/iproute2";
    public const string DefaultUsrDirectory = "/usr/share/iproute2";
    private const string ProtocolsFile = "/etc/protocols";

    private readonly Dictionary<NameTable, Dictionary<string, uint>> _tables = [];
    private string _etc = DefaultEtcDirectory;
    private string _usr = DefaultUsrDirectory;

    public void UseDirectories(string? etc, string? usr)
    {
        _etc = etc ?? DefaultEtcDirectory;
        _usr = usr ?? DefaultUsrDirectory;
        _tables.Clear();
    }

    public NameAnswer Find(NameTable table, string name, out uint number)
    {
        if (!_tables.TryGetValue(table, out Dictionary<string, uint>? names))
            _tables[table] = names = Read(table);
        return names.TryGetValue(name, out number) || BuiltInNames.TryFind(table, name, out number) ? NameAnswer.Found : otherwise;
    }

    private Dictionary<string, uint> Read(NameTable table)
    {
        Dictionary<string, uint> names = new(StringComparer.Ordinal);
        if (table == NameTable.IpProtocols)
        {
            ReadFile(ProtocolsFile, names, ReadProtocol);
            return names;
        }
        string file = FileOf(table);
        if (!ReadFile($"{_etc}/{file}", names, ReadName))
            ReadFile($"{_usr}/{file}", names, ReadName);
        List<string> ofEtc = ConfFiles($"{_etc}/{file}.d");
        foreach (string name in ConfFiles($"{_usr}/{file}.d"))
        {
            if (!ofEtc.Contains(name))
                ReadFile($"{_usr}/{file}.d/{name}", names, ReadName);
        }
        foreach (string name in ofEtc)
            ReadFile($"{_etc}/{file}.d/{name}", names, ReadName);
        return names;
    }

    private static string FileOf(NameTable table) => table switch
    {
        NameTable.RoutingTables => "rt_tables",
        NameTable.TrafficClasses => "rt_dsfield",
        NameTable.Realms => "rt_realms",
        NameTable.RoutingProtocols => "rt_protos",
        NameTable.Scopes => "rt_scopes",
        _ => "group",
    };

    private List<string> ConfFiles(string directory)
    {
        List<string> names = [.. (files.List(directory) ?? []).Where(static n => n.EndsWith(".conf", StringComparison.Ordinal) && n[0] != '.')];
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    private delegate void LineReading(string[] words, Dictionary<string, uint> names);

    // A file that is not there, or cannot be read, has no names: iproute2 says nothing either.
    private bool ReadFile(string path, Dictionary<string, uint> names, LineReading read)
    {
        if (!files.TryRead(path, out byte[]? content, out _))
            return false;
        foreach (string line in System.Text.Encoding.UTF8.GetString(content).Split('\n'))
        {
            int comment = line.IndexOf('#', StringComparison.Ordinal);
            string[] words = (comment < 0 ? line : line[..comment]).Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length >= 2)
                read(words, names);
        }
        return true;
    }

    // iproute2: NUMBER NAME. Of a name that is given twice the last number counts.
    private static void ReadName(string[] words, Dictionary<string, uint> names)
    {
        if (TryNumber(words[0], out uint number))
            names[words[1]] = number;
    }

    // protocols(5): NAME NUMBER ALIAS…
    private static void ReadProtocol(string[] words, Dictionary<string, uint> names)
    {
        if (!TryNumber(words[1], out uint number))
            return;
        names.TryAdd(words[0], number);
        foreach (string alias in words.Skip(2))
            names.TryAdd(alias, number);
    }

    private static bool TryNumber(string word, out uint number)
        => ConfigNumber.TryParseAnyBase(System.Text.Encoding.UTF8.GetBytes(word), uint.MaxValue, out number);
}
