namespace KeepalivedAot.Config.Text;

/// <summary>Lines that come before those of the file: the rest of a definition, the rounds of a sequence.</summary>
/// <param name="file">The file in whose text they began; what they include is included by that one.</param>
internal abstract class InputFrame(FileFrame file)
{
    public FileFrame File => file;

    /// <summary>How the line that came last came to be here.</summary>
    public abstract ExpansionStep Step { get; }

    /// <summary>The next line; false at the end.</summary>
    public abstract bool TryNext(DefinitionTable definitions, out TextSlice line);
}

/// <summary>The lines of a multi-line definition behind its first one.</summary>
internal sealed class LinesFrame(Definition definition, ExpansionStep step, FileFrame file) : InputFrame(file)
{
    private int _next;

    public override ExpansionStep Step => step;

    public override bool TryNext(DefinitionTable definitions, out TextSlice line)
    {
        bool any = _next < definition.More.Count;
        line = any ? definition.More[_next++] : default;
        return any;
    }
}
