namespace KeepalivedAot.Simulation.Faults;

/// <summary>A word of a fault's expression.</summary>
/// <param name="Column">Where it begins, from 1.</param>
internal readonly record struct FaultWord(string Text, int Column)
{
    /// <summary>The words of a line, and behind them an empty one where another could stand.</summary>
    public static List<FaultWord> Split(string line)
    {
        List<FaultWord> words = [];
        int at = 0;
        while (at < line.Length)
        {
            if (char.IsWhiteSpace(line[at]))
            {
                at++;
                continue;
            }
            int end = at;
            while (end < line.Length && !char.IsWhiteSpace(line[end]))
                end++;
            words.Add(new FaultWord(line[at..end], at + 1));
            at = end;
        }
        words.Add(new FaultWord("", line.TrimEnd().Length + 2));
        return words;
    }
}
