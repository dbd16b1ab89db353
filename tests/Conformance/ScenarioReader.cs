using System.Globalization;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Tests.Conformance;

/// <summary>Reads the format that README.md describes.</summary>
internal static class ScenarioReader
{
    private static readonly string[] Sections = ["router", "play", "expect"];

    public static Scenario Read(string path)
    {
        Scenario scenario = new();
        string section = "";
        int number = 0;
        foreach (string raw in File.ReadLines(path))
        {
            number++;
            string line = WithoutComment(raw).Trim();
            if (line.Length == 0)
                continue;
            string[] words = line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 1 && Sections.Contains(words[0]))
            {
                section = words[0];
                if (section == "router")
                    scenario.Routers.Add([]);
                continue;
            }
            switch (section)
            {
                case "router":
                    scenario.Routers[^1].Add((words, number));
                    break;
                case "play":
                    scenario.Inputs.Add(ReadInput(words, number));
                    break;
                case "expect":
                    scenario.Expected.Add(string.Join(' ', words));
                    break;
                default:
                    ReadHead(scenario, words, line, number);
                    break;
            }
        }
        if (scenario.Routers.Count == 0)
            scenario.Routers.Add([]);
        Require(scenario.Title.Length != 0, number, "a scenario begins with `title ...`");
        bool ends = scenario.Inputs.Count != 0 && scenario.Inputs[^1].Words[0] == "end";
        Require(ends, number, "the last line of `play` is `T end`");
        return scenario;
    }

    /// <summary>Seconds with up to nine decimals, exactly.</summary>
    public static Duration ReadSeconds(string word, int line)
    {
        bool isNumber = decimal.TryParse(word, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal seconds);
        Require(isNumber, line, $"`{word}` is no number of seconds");
        return Duration.FromNanoseconds((long)(seconds * 1_000_000_000m));
    }

    public static int ReadNumber(string word, int line)
    {
        bool isNumber = int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number);
        Require(isNumber, line, $"`{word}` is no number");
        return number;
    }

    public static void Require(bool condition, int line, string message)
    {
        if (!condition)
            throw new ScenarioException(line, message);
    }

    // A comment begins at the start of a line or after white space, so that a text may contain the sign.
    private static string WithoutComment(string line)
    {
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '#' && (i == 0 || char.IsWhiteSpace(line[i - 1])))
                return line[..i];
        }
        return line;
    }

    private static void ReadHead(Scenario scenario, string[] words, string line, int number)
    {
        switch (words[0])
        {
            case "title":
                scenario.Title = line["title".Length..].Trim();
                break;
            case "group":
                Require(words.Length == 2, number, "`group` takes one name");
                scenario.Group = words[1];
                break;
            case "show":
                foreach (string word in words[1..])
                {
                    Require(word is "log" or "detail" or "packets" or "counters", number, $"`show {word}` is unknown");
                    scenario.Show.Add(word);
                }
                break;
            default:
                throw new ScenarioException(number, $"`{words[0]}` stands before any section");
        }
    }

    private static ScenarioInput ReadInput(string[] words, int line)
    {
        Require(words.Length >= 2, line, "an input is a time and a command");
        return new ScenarioInput(new Instant(0) + ReadSeconds(words[0], line), words[1..], line);
    }
}
