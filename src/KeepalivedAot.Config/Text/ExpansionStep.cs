namespace KeepalivedAot.Config.Text;

internal enum ExpansionKind : byte
{
    /// <summary>The use of a definition.</summary>
    Definition,

    /// <summary>The use of a built-in name.</summary>
    BuiltIn,

    /// <summary>The use of a variable of the environment, whose value is not shown.</summary>
    Environment,

    /// <summary>A round of a <c>~SEQ</c>.</summary>
    Sequence,

    /// <summary>A round of a <c>~LST</c>.</summary>
    List,
}

/// <summary>One step of how text came to where it is read, as a message names it: "expanded from $VIPS here".</summary>
/// <param name="Name">Of the definition, or of the variable of a round.</param>
/// <param name="Site">Where the step was written: the use of a definition, a <c>~SEQ</c>.</param>
/// <param name="Outer">The step before it; null when the site stands in a file that is read as it is.</param>
internal sealed record ExpansionStep(ExpansionKind Kind, string Name, SourceSpan Site, ExpansionStep? Outer)
{
    /// <summary>What the variable of a <c>~SEQ</c> stands for in this round; the number of the round of a <c>~LST</c>.</summary>
    public string Value { get; init; } = "";

    /// <summary>Which definition was used: one that is within its own value never ends.</summary>
    public Definition? Definition { get; init; }

    /// <summary>The text came from outside the files.</summary>
    public bool IsSecret => Kind == ExpansionKind.Environment || Outer?.IsSecret == true;

    /// <summary>The text was read in a round of a sequence or of a list.</summary>
    public bool IsOfRounds => Kind is ExpansionKind.Sequence or ExpansionKind.List || Outer?.IsOfRounds == true;

    public string What => Kind switch
    {
        ExpansionKind.Definition => $"expanded from ${Name} here",
        ExpansionKind.BuiltIn => $"expanded from ${{{Name}}} here",
        ExpansionKind.Environment => $"expanded from ${{_ENV {Name}}} here",
        ExpansionKind.Sequence => $"in the round {Name}={Value} of this ~SEQ",
        _ => $"in round {Value} of this ~LST",
    };

    /// <summary>This way goes through a use of the definition.</summary>
    /// <param name="until">Looks no further than this step.</param>
    public bool Uses(Definition definition, ExpansionStep? until = null)
    {
        for (ExpansionStep? step = this; step is not null && !ReferenceEquals(step, until); step = step.Outer)
        {
            if (ReferenceEquals(step.Definition, definition))
                return true;
        }
        return false;
    }
}
