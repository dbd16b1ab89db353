using System.Globalization;
using System.Text;

namespace KeepalivedAot.Config.Text;

/// <summary>A <c>~LST</c>: its text once for each set of values (grammar 7.2).</summary>
/// <param name="step">Without the value of a round.</param>
internal sealed class ListFrame(
    List<TextSlice> variables, List<List<TextSlice>> sets, TextSlice text, ExpansionStep step, FileFrame file) : InputFrame(file)
{
    private int _next;
    private ExpansionStep _step = step;

    public override ExpansionStep Step => _step;

    public override bool TryNext(DefinitionTable definitions, out TextSlice line)
    {
        line = text;
        if (_next == sets.Count)
            return false;
        List<TextSlice> set = sets[_next++];
        for (int i = 0; i < variables.Count; i++)
        {
            Definition definition = new(Encoding.UTF8.GetString(variables[i].Bytes), variables[i].Span);
            // What is missing is empty.
            definition.Add(i < set.Count ? set[i] : default);
            definitions.TrySet(definition);
        }
        // Its values may be secrets, which nobody knows yet.
        _step = _step with { Value = _next.ToString(CultureInfo.InvariantCulture) };
        return true;
    }
}
