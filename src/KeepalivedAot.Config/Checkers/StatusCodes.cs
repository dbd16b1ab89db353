using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>Which status codes of HTTP are right: ranges, both ends included.</summary>
/// <remarks>One range is the rule, so only more of them need memory of their own.</remarks>
public readonly struct StatusCodes : IConfigArguments<StatusCodes>, IEquatable<StatusCodes>
{
    private const ushort Smallest = 100;
    private const ushort Largest = 599;

    private readonly ushort _first;
    private readonly ushort _last;
    private readonly ushort[]? _more;

    private StatusCodes(List<ushort> ends)
    {
        _first = ends[0];
        _last = ends[1];
        _more = ends.Count > 2 ? [.. ends[2..]] : null;
    }

    private StatusCodes(ushort first, ushort last)
    {
        _first = first;
        _last = last;
        _more = null;
    }

    /// <summary>200 to 299.</summary>
    public static StatusCodes Successful => new(200, 299);

    static string IConfigArguments<StatusCodes>.Expects => "{uint 100..599|range}...";

    public bool Contains(int code)
    {
        if (code >= _first && code <= _last)
            return true;
        for (int i = 0; i < (_more?.Length ?? 0); i += 2)
        {
            if (code >= _more![i] && code <= _more[i + 1])
                return true;
        }
        return false;
    }

    public bool Equals(StatusCodes other) => Text == other.Text;

    public override bool Equals(object? obj) => obj is StatusCodes other && Equals(other);

    public override int GetHashCode() => (_first << 16) | _last;

    // What is wrong is left out, the others count.
    static bool IConfigArguments<StatusCodes>.TryRead(Parser parser, out StatusCodes value)
    {
        value = default;
        if (!parser.HasNext)
            return parser.TryTake(out _);
        List<ushort>? ends = null;
        (ushort First, ushort Last) single = default;
        while (parser.HasNext && parser.TryTake(out Text.Word word))
        {
            int dash = word.Text.IndexOf((byte)'-');
            bool isValid = ConfigNumber.TryParse(dash < 0 ? word.Text : word.Text[..dash], Largest, out uint first);
            uint last = first;
            isValid = isValid && (dash < 0 || ConfigNumber.TryParse(word.Text[(dash + 1)..], Largest, out last)) && first >= Smallest && first <= last;
            if (!isValid)
            {
                parser.Reject(
                    DiagnosticCatalogue.InvalidStatusCode, $"'{word}' is no status code and no range of them", $"write numbers from {Smallest} to {Largest}, or 200-299");
                continue;
            }
            if (single.First == 0)
                single = ((ushort)first, (ushort)last);
            else
                (ends ??= [single.First, single.Last]).AddRange([(ushort)first, (ushort)last]);
        }
        if (single.First == 0)
            return false;
        value = ends is null ? new StatusCodes(single.First, single.Last) : new StatusCodes(ends);
        return true;
    }

    string IConfigArguments<StatusCodes>.Format(bool showsSecrets) => Text;

    private string Text
    {
        get
        {
            string text = Range(_first, _last);
            for (int i = 0; i < (_more?.Length ?? 0); i += 2)
                text += " " + Range(_more![i], _more[i + 1]);
            return text;
        }
    }

    private static string Range(ushort first, ushort last)
        => first == last ? first.ToString(CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{first}-{last}");
}
