using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Simulation.Faults;

namespace KeepalivedAot.Simulation.Scenarios;

/// <summary>
/// Reads scenario files: a fault a line (<c>t=10s crash m1</c>), and <c>segment NAME HOST:INTERFACE …</c>, <c>address HOST:INTERFACE ADDRESS/LENGTH</c>,
/// <c>for TIME</c>, <c>seed NUMBER</c>, <c>expect outage 4s</c>. What follows a # is for people.
/// </summary>
/// <remarks>All mistakes are found in one run. Faults are read later, when it is known what there is (<see cref="FaultReader"/>).</remarks>
internal sealed class ScenarioReader(string path, List<ScenarioMistake> mistakes)
{
    /// <summary>What begins the lines about what is wanted.</summary>
    public const string Expect = "expect";

    private const char ByteOrderMark = (char)0xFEFF;

    private static readonly string[] s_words = ["t=TIME FAULT", "segment NAME HOST:INTERFACE…", "address HOST:INTERFACE ADDRESS/LENGTH", "for TIME", "seed NUMBER", "expect WHAT"];

    public void Read(string text, Scenario into)
    {
        int number = 0;
        foreach (string raw in text.TrimStart(ByteOrderMark).Split('\n'))
        {
            number++;
            int comment = raw.IndexOf('#', StringComparison.Ordinal);
            string line = (comment < 0 ? raw : raw[..comment]).TrimEnd();
            if (line.Length == 0)
                continue;
            ScenarioLine where = new(string.Create(CultureInfo.InvariantCulture, $"{path}:{number}"), line);
            if (Read(where, FaultWord.Split(line), into) is { } mistake)
                mistakes.Add(new ScenarioMistake(where, mistake));
        }
    }

    private static FaultMistake? Read(ScenarioLine line, List<FaultWord> words, Scenario into)
    {
        FaultWord first = words[0];
        if (first.Text.StartsWith("t=", StringComparison.Ordinal))
        {
            into.Faults.Add(line);
            return null;
        }
        if (first.Text == Expect)
        {
            into.Expectations.Add(line);
            return null;
        }
        return first.Text switch
        {
            "segment" => ReadSegment(line, words, into),
            "address" => ReadAddress(line, words, into),
            "for" => ReadLength(words, into),
            "seed" => ReadSeed(words, into),
            _ => new FaultMistake(first.Column, $"'{first.Text}' begins no line of a scenario", s_words),
        };
    }

    private static FaultMistake? ReadSegment(ScenarioLine line, List<FaultWord> words, Scenario into)
    {
        // The last one is empty.
        if (words.Count < 4)
            return new FaultMistake(words[^1].Column, "which interface is on it is missing", [s_words[1]]);
        foreach (FaultWord port in words[2..^1])
        {
            if (!into.Wiring.SegmentOf.TryAdd(port.Text, words[1].Text))
                return new FaultMistake(port.Column, $"{port.Text} is on {into.Wiring.SegmentOf[port.Text]} already", []);
            into.NamedPorts.Add((line, port));
        }
        return null;
    }

    private static FaultMistake? ReadAddress(ScenarioLine line, List<FaultWord> words, Scenario into)
    {
        if (words.Count < 4)
            return new FaultMistake(words[^1].Column, "something is missing", [s_words[2]]);
        FaultWord value = words[2];
        string[] parts = value.Text.Split('/');
        if (!IpAddress.TryParse(parts[0], out IpAddress address))
            return new FaultMistake(value.Column, $"'{parts[0]}' is no address", []);
        byte longest = address.Family == AddressFamily.IPv4 ? (byte)32 : (byte)128;
        byte length = longest;
        if (parts.Length > 2 || (parts.Length == 2 && (!byte.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out length) || length > longest)))
            return new FaultMistake(value.Column + parts[0].Length + 1, $"'{value.Text[(parts[0].Length + 1)..]}' is no prefix length", [$"0 to {longest}"]);
        into.Wiring.Addresses.Add((words[1].Text, address, length));
        into.NamedPorts.Add((line, words[1]));
        return TooMuch(words, 3, s_words[2]);
    }

    private static FaultMistake? ReadLength(List<FaultWord> words, Scenario into)
    {
        if (!FaultReader.TryReadTime(words[Math.Min(1, words.Count - 1)].Text, words[Math.Min(1, words.Count - 1)].Column, out Duration length, out FaultMistake? mistake))
            return mistake;
        into.Length ??= length;
        return TooMuch(words, 2, s_words[3]);
    }

    private static FaultMistake? ReadSeed(List<FaultWord> words, Scenario into)
    {
        FaultWord word = words[Math.Min(1, words.Count - 1)];
        if (!ulong.TryParse(word.Text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong seed))
            return new FaultMistake(word.Column, word.Text.Length == 0 ? "the number is missing" : $"'{word.Text}' is no number", [s_words[4]]);
        into.Seed ??= seed;
        return TooMuch(words, 2, s_words[4]);
    }

    private static FaultMistake? TooMuch(List<FaultWord> words, int count, string form)
        => words.Count <= count + 1 ? null : new FaultMistake(words[count].Column, $"'{words[count].Text}' is too much", [form]);
}
