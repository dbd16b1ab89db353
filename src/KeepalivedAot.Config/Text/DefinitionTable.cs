using System.Globalization;
using System.Text;

namespace KeepalivedAot.Config.Text;

/// <summary>The definitions that hold at a point of the input, and those that need none (grammar 6.2).</summary>
internal sealed class DefinitionTable(string configId, uint seed, IConfigFiles files)
{
    private const int LargestRandom = 32767;

    // More than anybody writes, and few enough to fit into memory whatever they hold.
    public const int MostNames = 20_000;
    public const int MostLines = 50_000;
    public const int MostBytes = 4 << 20;

    private static readonly string[] BuiltIns = ["_PWD", "_INSTANCE", "_RANDOM", "_ENV", "_HASH", "_BANG"];

    private readonly Dictionary<string, Definition> _definitions = [];
    private int _lines;
    private long _bytes;

    // xorshift32, whose state must not be zero.
    private uint _random = seed | 1;

    /// <summary>All names that stand for something, for "did you mean".</summary>
    public IEnumerable<string> Names => _definitions.Keys.Concat(BuiltIns);

    public Definition? Find(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[name.Length <= 128 ? name.Length : 0];
        if (text.Length != name.Length)
            return _definitions.GetValueOrDefault(Encoding.UTF8.GetString(name));
        Encoding.ASCII.GetChars(name, text);
        return _definitions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out Definition? found) ? found : null;
    }

    /// <summary>Takes a definition in, in place of the one of that name; false when there is no room for it.</summary>
    public bool TrySet(Definition definition)
    {
        Definition? old = _definitions.GetValueOrDefault(definition.Name);
        int lines = _lines + definition.Lines - (old?.Lines ?? 0);
        long bytes = _bytes + definition.Length - (old?.Length ?? 0);
        if ((old is null && _definitions.Count >= MostNames) || lines > MostLines || bytes > MostBytes)
            return false;
        _definitions[definition.Name] = definition;
        _lines = lines;
        _bytes = bytes;
        return true;
    }

    /// <summary>The value of a built-in name.</summary>
    /// <param name="parameters">The words behind the name.</param>
    /// <param name="directory">That of the file that is read.</param>
    /// <param name="problem">When the parameters make no sense: why.</param>
    /// <returns>Null when the name is none of the built-in ones, or with a problem.</returns>
    public string? Evaluate(string name, string[] parameters, string directory, out string? problem)
    {
        problem = null;
        switch (name)
        {
            case "_HASH" or "_BANG" or "_PWD" or "_INSTANCE" when parameters.Length > 0:
                problem = $"'{name}' takes no parameters";
                return null;
            case "_HASH":
                return "#";
            case "_BANG":
                return "!";
            case "_PWD":
                return WholePath(directory);
            case "_INSTANCE":
                return configId;
            case "_ENV":
                if (parameters.Length == 1)
                    return files.GetVariable(parameters[0]) ?? "";
                problem = "'_ENV' takes the name of one variable of the environment";
                return null;
            case "_RANDOM":
                return Random(parameters, out problem);
            default:
                return null;
        }
    }

    private string WholePath(string directory)
    {
        if (directory.StartsWith('/'))
            return directory;
        string current = files.CurrentDirectory;
        if (current.Length == 0 || directory.Length == 0)
            return directory.Length > 0 ? directory : current.Length > 0 ? current : ".";
        return current.EndsWith('/') ? current + directory : $"{current}/{directory}";
    }

    private string? Random(string[] parameters, out string? problem)
    {
        problem = null;
        long[] limits = [0, LargestRandom];
        for (int i = 0; i < parameters.Length; i++)
        {
            if (i >= limits.Length || !int.TryParse(parameters[i], NumberStyles.None, CultureInfo.InvariantCulture, out int limit))
            {
                problem = "'_RANDOM' takes up to two numbers: the smallest and the largest";
                return null;
            }
            limits[i] = limit;
        }
        if (limits[0] > limits[1])
        {
            problem = $"'_RANDOM': {limits[0]} is more than {limits[1]}";
            return limits[0].ToString(CultureInfo.InvariantCulture);
        }
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return (limits[0] + _random % (limits[1] - limits[0] + 1)).ToString(CultureInfo.InvariantCulture);
    }
}
