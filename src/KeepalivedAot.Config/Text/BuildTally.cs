namespace KeepalivedAot.Config.Text;

/// <summary>How much memory a configuration takes, counted by its text and what is built of it: the same text has the same count in every run.</summary>
/// <remarks>
/// What the user wrote may take what it takes, up to a limit with which the whole process stays below 64 MB. What definitions, sequences
/// and files that are included again make of it may take less: a short text can ask for any amount. The sizes are those of the objects,
/// roughly; what the checks build beside them is in proportion.
/// </remarks>
internal sealed class BuildTally(long most)
{
    /// <summary>Of all together, when nobody else needs room in the heap.</summary>
    public const long Most = 36L << 20;

    private const long MostMultiplied = 20L << 20;

    private long _text;
    private long _multiplied;

    /// <summary>Of what is built, without the text.</summary>
    public long Bytes { get; private set; }

    public void Add(int bytes, bool isMultiplied)
    {
        Bytes += bytes;
        if (isMultiplied)
            _multiplied += bytes;
    }

    /// <summary>A file that is in memory, from now on to the end.</summary>
    public void AddText(int bytes) => _text += bytes;

    public bool IsExceeded => _text + Bytes > most || _multiplied > MostMultiplied;

    /// <summary>What is too much, if something is.</summary>
    public string Excess
        => _text + Bytes > most
            ? $"the configuration takes more than {most >> 20} MiB of memory"
            : $"what definitions, sequences and repeated includes make takes more than {MostMultiplied >> 20} MiB of memory";
}
