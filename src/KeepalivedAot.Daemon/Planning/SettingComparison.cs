using KeepalivedAot.Config.Writing;

namespace KeepalivedAot.Daemon.Planning;

/// <summary>The settings in which two blocks differ.</summary>
internal sealed class SettingComparison
{
    /// <summary>A password or key of the block differs; which one is not said, nor what it is.</summary>
    public const string SecretWord = "password or key";

    private static readonly WrittenBlock s_none = new("", "", 0, 0, []);

    private readonly Dictionary<(string, string, int), WrittenBlock> _old;
    private readonly Dictionary<(string, string, int), WrittenBlock> _next;

    public SettingComparison(PlannedSide old, PlannedSide next)
    {
        // What has the same print on the other side nobody asks for.
        _old = SettingsOf(old, next);
        _next = SettingsOf(next, old);
    }

    public IReadOnlyList<PlannedSetting> Differences((WrittenBlock Old, WrittenBlock Next) blocks)
    {
        WrittenBlock old = _old.GetValueOrDefault(blocks.Old.Key, s_none);
        WrittenBlock next = _next.GetValueOrDefault(blocks.Next.Key, s_none);
        Dictionary<string, (List<string> Old, List<string> Next)> words = [];
        List<string> order = [];
        foreach (WrittenSetting setting in old.Settings)
            ValuesOf(setting.Word, words, order).Old.Add(setting.Value);
        foreach (WrittenSetting setting in next.Settings)
            ValuesOf(setting.Word, words, order).Next.Add(setting.Value);
        List<PlannedSetting> differences = [];
        foreach (string word in order)
            Compare(word, words[word].Old, words[word].Next, differences);
        if (differences.Count == 0)
            differences.Add(new PlannedSetting(SecretWord, "********", "********"));
        return differences;
    }

    private static Dictionary<(string, string, int), WrittenBlock> SettingsOf(PlannedSide side, PlannedSide other)
    {
        Dictionary<(string, string, int), ulong> prints = side.Blocks.ToDictionary(static block => block.Key, static block => block.Print);
        return WrittenBlock.SettingsOf(side.Configuration, key => other.Find(key) is not { } same || same.Print != prints.GetValueOrDefault(key))
            .ToDictionary(static block => block.Key);
    }

    private static (List<string> Old, List<string> Next) ValuesOf(
        string word, Dictionary<string, (List<string> Old, List<string> Next)> words, List<string> order)
    {
        if (words.TryGetValue(word, out (List<string> Old, List<string> Next) values))
            return values;
        order.Add(word);
        return words[word] = ([], []);
    }

    private static void Compare(string word, List<string> old, List<string> next, List<PlannedSetting> differences)
    {
        if (old.SequenceEqual(next))
            return;
        if (old.Count <= 1 && next.Count <= 1)
        {
            differences.Add(new PlannedSetting(word, old.Count > 0 ? old[0] : null, next.Count > 0 ? next[0] : null));
            return;
        }
        int before = differences.Count;
        List<string> left = [.. next];
        foreach (string value in old)
        {
            if (!left.Remove(value))
                differences.Add(new PlannedSetting(word, value, null));
        }
        foreach (string value in left)
            differences.Add(new PlannedSetting(word, null, value));
        if (differences.Count == before)
            differences.Add(new PlannedSetting(word, string.Join(", ", old), string.Join(", ", next)));
    }
}
