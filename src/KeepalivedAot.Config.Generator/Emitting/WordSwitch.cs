using KeepalivedAot.Config.Generator.Model;

namespace KeepalivedAot.Config.Generator.Emitting;

/// <summary>From a word to its number: by length, then by the byte that tells most words of that length apart.</summary>
/// <remarks>No table is built at start, and nearly always one comparison decides.</remarks>
internal static class WordSwitch
{
    public static void Emit(CodeWriter code, EquatableArray<WordModel> words)
    {
        List<(string Word, int Number)> all = [.. words.Items.Select(static (w, i) => (w.Word, i))];
        code.Open("switch (word.Length)");
        foreach (IGrouping<int, (string Word, int Number)> ofLength in all.GroupBy(static w => w.Word.Length).OrderBy(static g => g.Key))
        {
            code.Line($"case {ofLength.Key}:");
            code.Indent();
            EmitLength(code, [.. ofLength]);
            code.Outdent();
        }
        code.Line("default:");
        code.Line("    return -1;");
        code.Close();
    }

    private static void EmitLength(CodeWriter code, List<(string Word, int Number)> words)
    {
        if (words.Count == 1)
        {
            code.Line($"return {Test(words[0])} ? {words[0].Number} : -1;");
            return;
        }
        int best = Enumerable.Range(0, words[0].Word.Length)
            .OrderByDescending(i => words.Select(w => w.Word[i]).Distinct().Count())
            .First();
        code.Open($"switch (word[{best}])");
        foreach (IGrouping<char, (string Word, int Number)> alike in words.GroupBy(w => w.Word[best]).OrderBy(static g => g.Key))
        {
            code.Line($"case (byte)'{(alike.Key is '\'' or '\\' ? "\\" : "")}{alike.Key}':");
            code.Indent();
            List<(string Word, int Number)> rest = [.. alike];
            foreach ((string Word, int Number) word in rest.Take(rest.Count - 1))
            {
                code.Line($"if ({Test(word)})");
                code.Line($"    return {word.Number};");
            }
            code.Line($"return {Test(rest[rest.Count - 1])} ? {rest[rest.Count - 1].Number} : -1;");
            code.Outdent();
        }
        code.Line("default:");
        code.Line("    return -1;");
        code.Close();
    }

    private static string Test((string Word, int Number) word) => $"word.SequenceEqual({CodeWriter.Literal(word.Word)}u8)";
}
