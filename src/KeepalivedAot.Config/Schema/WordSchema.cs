namespace KeepalivedAot.Config.Schema;

/// <summary>What there is to know about one word of one block: for messages, the manual, <c>explain</c> and the completion.</summary>
public sealed class WordSchema
{
    public required string Word { get; init; }
    public required WordKind Kind { get; init; }

    /// <summary>What may follow, in short: <c>uint! 1..255</c>, <c>PASS|AH</c>, <c>block{line}</c>.</summary>
    public required string Arguments { get; init; }

    public WordStatus Status { get; init; }

    /// <summary>The word to write in place of this one.</summary>
    public string? Instead { get; init; }

    public string? Default { get; init; }

    /// <summary>keepalived's first release with it.</summary>
    public string? Since { get; init; }

    /// <summary>One sentence or a few.</summary>
    public string? Help { get; init; }

    /// <summary>Known by its place and not by its name, which says what it is, in parentheses: <c>(address)</c>.</summary>
    public bool IsPositional { get; init; }

    /// <summary>The property that gets the value; of an alias, its target's.</summary>
    public string? Property { get; init; }

    /// <summary>Decimals of a number: <see cref="Minimum"/> and <see cref="Maximum"/> are in units of the last one.</summary>
    public int Decimals { get; init; }
    public long? Minimum { get; init; }
    public long? Maximum { get; init; }

    /// <summary>Nothing may follow the digits of the number.</summary>
    public bool IsStrict { get; init; }
    public bool IsRequired { get; init; }

    /// <summary>Read and checked, but keepalived-aot does not act on it yet.</summary>
    public bool IsNotYet { get; init; }

    /// <summary>Read and checked, and there is nothing in keepalived-aot that it could act on: why.</summary>
    public string? NotHere { get; init; }
    public bool IsSecret { get; init; }

    /// <summary>The words that are possible as value, if they can be listed.</summary>
    public string[] Choices { get; init; } = [];

    /// <summary>The block or the line that the word opens, or the options that may follow it.</summary>
    public BlockSchema? Child { get; init; }

    /// <summary>Where a further word says which options may follow: that word, and those options.</summary>
    public (string Word, BlockSchema Options)[] Forms { get; init; } = [];
}
