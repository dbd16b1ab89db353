using System.Globalization;
using System.Text;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Text;

// ~SEQ and ~LST (grammar 7).
internal sealed partial class LogicalReader
{
    private const int LongestValues = 63;

    // A sequence with a mistake is left out as a whole.
    private void BeginSequence(TextSlice text, ExpansionStep? within)
    {
        if (_isExhausted)
            return;
        within ??= _sources.StepOf(text.Span);
        bool isList = text.Bytes.StartsWith("~LST"u8);
        string? problem = isList ? BeginList(text, within) : BeginNumbers(text, within);
        if (problem is not null)
        {
            NoteLostValues(text);
            Report(
                DiagnosticCatalogue.InvalidSequence, text.Span, $"{(isList ? "~LST" : "~SEQ")} invalid specification: {problem}",
                isList ? "write ~LST(NAME, VALUE, VALUE ...) TEXT" : "write ~SEQ(NAME, FIRST, LAST) TEXT or ~SEQ(NAME, FIRST, STEP, LAST) TEXT");
        }
    }

    private string? BeginNumbers(TextSlice text, ExpansionStep? within)
    {
        bool isHexadecimal = text.Length > 4 && text.Bytes[4] == (byte)'x';
        Cursor cursor = new(text, isHexadecimal ? 5 : 4);
        if (!cursor.Takes('('))
            return "there is no '(' behind it";
        TextSlice name = cursor.Word(",)");
        if (name.IsEmpty || name.Bytes[0] == (byte)'{')
            return "it has no name";
        if (!cursor.Takes(','))
            return "there is no value behind the name";
        int close = text.Bytes[cursor.At..].IndexOf((byte)')');
        if (close < 0)
            return "there is no ')'";
        TextSlice values = text.Slice(cursor.At, close);
        bool isTooLong = values.Length + 1 > LongestValues;
        if (!isTooLong && values.Bytes.Contains((byte)'$'))
        {
            Substitute(ref values, within, mayHold: true, isWithinSequence: true);
            isTooLong = values.Length + 1 > LongestValues;
        }
        if (isTooLong)
            return $"the values have more than {LongestValues} characters";
        string[] words = Encoding.UTF8.GetString(values.Bytes).Split(',', StringSplitOptions.TrimEntries);
        if (words.Length > 3)
            return "it has more than three values";
        long[] numbers = new long[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            if (!TryNumber(words[i], out numbers[i]))
                return words[i].Length == 0 ? "a value is missing" : $"'{(_secrecy == LineSecrecy.None ? words[i] : "***")}' is no number";
        }
        _secrecy = LineSecrecy.None;
        long end = numbers[^1];
        long start = numbers.Length > 1 ? numbers[0] : end < 0 ? -1 : 1;
        long step = numbers.Length == 3 ? numbers[1] : numbers.Length == 2 ? (start <= end ? 1 : -1) : end >= 1 ? 1 : -1;
        if (step == 0 || (step > 0 && start > end) || (step < 0 && start < end))
            return $"a step of {step} does not lead from {start} to {end}";
        if (isHexadecimal && (start < 0 || end < 0))
            return "hexadecimal numbers are not negative";
        TextSlice body = text.Slice(cursor.At + close + 1).Trim();
        if (body.IsEmpty)
            return null;
        ExpansionStep round = new(ExpansionKind.Sequence, Encoding.UTF8.GetString(name.Bytes), _sources.Written(text.Span), within);
        Push(new SequenceFrame(_sources.Written(name.Span), start, step, end, isHexadecimal, body, round, _lineFile!), within, null, text.Span);
        return null;
    }

    private string? BeginList(TextSlice text, ExpansionStep? within)
    {
        Cursor cursor = new(text, 4);
        if (!cursor.Takes('('))
            return "there is no '(' behind it";
        if (!TrySet(ref cursor, out List<TextSlice> variables))
            return "the names are not closed";
        List<List<TextSlice>> sets = [];
        while (cursor.Takes(','))
        {
            if (!TrySet(ref cursor, out List<TextSlice> set))
                return "a set of values is not closed";
            if (set.Count > variables.Count)
                return $"a set has {set.Count} values for {variables.Count} names";
            sets.Add(set);
        }
        if (sets.Count == 0)
            return "it has no value";
        if (!cursor.Takes(')'))
            return "there is no ')'";
        TextSlice body = text.Slice(cursor.At).Trim();
        if (body.IsEmpty)
            return null;
        ExpansionStep round = new(ExpansionKind.List, Encoding.UTF8.GetString(variables[0].Bytes), _sources.Written(text.Span), within);
        Push(new ListFrame(variables, sets, body, round, _lineFile!), within, null, text.Span);
        return null;
    }

    private static bool TrySet(ref Cursor cursor, out List<TextSlice> set)
    {
        set = [];
        if (!cursor.Takes('{'))
        {
            set.Add(cursor.Word(",)}"));
            return true;
        }
        do
            set.Add(cursor.Word(",}"));
        while (cursor.Takes(','));
        return cursor.Takes('}');
    }

    // As strtol(3) with base 0, within int.
    private static bool TryNumber(string word, out long number)
    {
        number = 0;
        bool isNegative = word.StartsWith('-');
        string digits = isNegative || word.StartsWith('+') ? word[1..] : word;
        bool valid = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? digits.Length < 18 && long.TryParse(digits.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out number)
            : digits.Length > 1 && digits[0] == '0' ? TryOctal(digits, out number)
            : long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number);
        if (isNegative)
            number = -number;
        return valid && number is >= int.MinValue and <= int.MaxValue;
    }

    private static bool TryOctal(string digits, out long number)
    {
        number = 0;
        foreach (char c in digits)
        {
            if (c is < '0' or > '7' || number > int.MaxValue)
                return false;
            number = number * 8 + (c - '0');
        }
        return true;
    }

    private ref struct Cursor(TextSlice text, int at)
    {
        private int _at = at;

        public readonly int At => _at;

        public bool Takes(char c)
        {
            SkipBlanks();
            if (_at >= text.Length || text.Bytes[_at] != (byte)c)
                return false;
            _at++;
            SkipBlanks();
            return true;
        }

        /// <summary>What comes up to a blank or one of these.</summary>
        public TextSlice Word(string ends)
        {
            SkipBlanks();
            int start = _at;
            while (_at < text.Length && !Blank.Is(text.Bytes[_at]) && !ends.Contains((char)text.Bytes[_at], StringComparison.Ordinal))
                _at++;
            TextSlice word = text.Slice(start, _at - start);
            SkipBlanks();
            return word;
        }

        private void SkipBlanks()
        {
            while (_at < text.Length && Blank.Is(text.Bytes[_at]))
                _at++;
        }
    }
}
