namespace KeepalivedAot.Config.Text;

/// <summary>A <c>~LST</c>: its text once for each set of values (grammar 7.2).</summary>
internal sealed class ListFrame(
    List<(string Name, SourceSpan Span)> variables, List<List<TextSlice>> sets, TextSlice text, ExpansionStep history) : InputFrame(history)
{
    private int _next;

    public override bool TryNext(DefinitionTable definitions, out TextSlice line)
    {
        line = text;
        if (_next == sets.Count)
            return false;
        List<TextSlice> set = sets[_next++];
        for (int i = 0; i < variables.Count; i++)
        {
            Definition definition = new(variables[i].Name, variables[i].Span);
            // What is missing is empty.
            definition.Lines.Add(i < set.Count ? set[i] : default);
            definitions.Set(definition);
        }
        return true;
    }
}
