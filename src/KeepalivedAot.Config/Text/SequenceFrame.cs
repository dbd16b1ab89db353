using System.Globalization;
using System.Text;

namespace KeepalivedAot.Config.Text;

/// <summary>A <c>~SEQ</c>: its text once for each number (grammar 7.1).</summary>
internal sealed class SequenceFrame(
    SourceSpan span, long start, long increment, long end, bool isHexadecimal, TextSlice text, ExpansionStep step, FileFrame file) : InputFrame(file)
{
    private long _value = start;
    private bool _hasEnded;
    private ExpansionStep _step = step;

    public override ExpansionStep Step => _step;

    public override bool TryNext(DefinitionTable definitions, out TextSlice line)
    {
        line = text;
        if (_hasEnded)
            return false;
        string value = _value.ToString(isHexadecimal ? "x" : "D", CultureInfo.InvariantCulture);
        definitions.TrySet(Definition.Generated(_step.Name, span, Encoding.ASCII.GetBytes(value)));
        _step = _step with { Value = value };
        // The last value is the end or the last one before it is passed.
        _hasEnded = increment > 0 ? _value > end - increment : _value < end - increment;
        _value += increment;
        return true;
    }
}
