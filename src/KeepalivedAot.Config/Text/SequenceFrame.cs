using System.Globalization;
using System.Text;

namespace KeepalivedAot.Config.Text;

/// <summary>A <c>~SEQ</c>: its text once for each number (grammar 7.1).</summary>
internal sealed class SequenceFrame(
    string name, SourceSpan span, long start, long step, long end, bool isHexadecimal, TextSlice text, ExpansionStep history) : InputFrame(history)
{
    private long _value = start;
    private bool _hasEnded;

    public override bool TryNext(DefinitionTable definitions, out TextSlice line)
    {
        line = text;
        if (_hasEnded)
            return false;
        definitions.Set(Generated(name, span, isHexadecimal ? _value.ToString("x", CultureInfo.InvariantCulture) : _value.ToString(CultureInfo.InvariantCulture)));
        // The last value is the end or the last one before it is passed.
        _hasEnded = step > 0 ? _value > end - step : _value < end - step;
        _value += step;
        return true;
    }

    /// <summary>A definition whose value nobody wrote: its place is that of the name.</summary>
    public static Definition Generated(string name, SourceSpan span, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        int[] map = new int[bytes.Length];
        map.AsSpan().Fill(span.Position);
        Definition definition = new(name, span);
        definition.Lines.Add(bytes.Length == 0 ? default : new TextSlice(bytes, 0, bytes.Length, 0, map));
        return definition;
    }
}
