namespace KeepalivedAot.Config.Text;

/// <summary>Lines that come before those of the file: the rest of a definition, the rounds of a sequence.</summary>
internal abstract class InputFrame(ExpansionStep step)
{
    /// <summary>How the lines come to be here.</summary>
    public ExpansionStep Step => step;

    /// <summary>The next line; false at the end.</summary>
    public abstract bool TryNext(DefinitionTable definitions, out TextSlice line);
}

/// <summary>The lines of a multi-line definition behind its first one.</summary>
internal sealed class LinesFrame(Definition definition, ExpansionStep step) : InputFrame(step)
{
    private int _next = 1;

    public override bool TryNext(DefinitionTable definitions, out TextSlice line)
    {
        bool any = _next < definition.Lines.Count;
        line = any ? definition.Lines[_next++] : default;
        return any;
    }
}
