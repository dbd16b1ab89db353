namespace KeepalivedAot.Config.Text;

/// <summary>A <c>$NAME=</c>, with its lines as they are written (grammar 6).</summary>
internal sealed class Definition(string name, SourceSpan span)
{
    private List<TextSlice>? _more;

    public string Name => name;

    /// <summary>Where the name was given its value.</summary>
    public SourceSpan Span => span;

    /// <summary>The only line, or the first one of several.</summary>
    public TextSlice First { get; private set; }

    /// <summary>The lines behind the first one.</summary>
    public IReadOnlyList<TextSlice> More => _more ?? (IReadOnlyList<TextSlice>)[];

    /// <summary>It is several lines, and so can stand only at the end of one.</summary>
    public bool IsMultiLine { get; set; }

    /// <summary>Nobody wrote the value; its place is that of the name.</summary>
    public bool IsGenerated { get; private init; }

    /// <summary>How many lines and bytes it holds.</summary>
    public int Lines { get; private set; }
    public int Length { get; private set; }

    /// <summary>What a variable is in one round of a sequence.</summary>
    public static Definition Generated(string name, SourceSpan span, byte[] value)
    {
        Definition definition = new(name, span) { IsGenerated = true };
        definition.Add(new TextSlice(new PlacedText(value, 0)));
        return definition;
    }

    public void Add(TextSlice line)
    {
        if (Lines++ == 0)
            First = line;
        else
            (_more ??= []).Add(line);
        Length += line.Length;
    }
}
