using System.Globalization;
using System.Text;

namespace KeepalivedAot.Config.Text;

/// <summary>The definitions that hold at a point of the input, and those that need none (grammar 6.2).</summary>
internal sealed class DefinitionTable(string configId, uint seed, IConfigFiles files)
{
    private const int LargestRandom = 32767;

    /// <summary>A definition may be made anew as often as anybody likes, but their text has to fit somewhere.</summary>
    private const int MostNames = 100_000;

    private readonly Dictionary<string, Definition> _definitions = [];

    // xorshift32, whose state must not be zero.
    private uint _random = seed | 1;

    public IEnumerable<string> Names => _definitions.Keys.Concat(["_PWD", "_INSTANCE", "_RANDOM", "_ENV", "_HASH", "_BANG"]);

    public bool IsFull => _definitions.Count >= MostNames;

    public Definition? Find(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[name.Length <= 128 ? name.Length : 0];
        if (text.Length != name.Length)
            return _definitions.GetValueOrDefault(Encoding.UTF8.GetString(name));
        Encoding.ASCII.GetChars(name, text);
        return _definitions.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out Definition? found) ? found : null;
    }

    public void Set(Definition definition) => _definitions[definition.Name] = definition;

    /// <summary>The value of a built-in name.</summary>
    /// <param name="parameters">The words behind the name.</param>
    /// <param name="problem">When the parameters make no sense: why.</param>
    /// <returns>Null when the name is none of the built-in ones, or with a problem.</returns>
    public string? Evaluate(string name, string[] parameters, string directory, out string? problem)
    {
        problem = null;
        switch (name)
        {
            case "_HASH" when parameters.Length == 0:
                return "#";
            case "_BANG" when parameters.Length == 0:
                return "!";
            case "_PWD" when parameters.Length == 0:
                return directory.Length == 0 ? "." : directory;
            case "_INSTANCE" when parameters.Length == 0:
                return configId;
            case "_ENV":
                if (parameters.Length == 1)
                    return files.GetVariable(parameters[0]) ?? "";
                problem = "'_ENV' takes the name of one variable of the environment";
                return null;
            case "_RANDOM":
                return Random(parameters, out problem);
            case "_HASH" or "_BANG" or "_PWD" or "_INSTANCE":
                problem = $"'{name}' takes no parameters";
                return null;
            default:
                return null;
        }
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
