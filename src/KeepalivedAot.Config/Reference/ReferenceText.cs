using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>The complete reference in one of its formats.</summary>
public static class ReferenceText
{
    public static string Write(KeywordReference reference, ReferenceFormat format) => format switch
    {
        ReferenceFormat.Json => JsonReference.Write(reference),
        ReferenceFormat.Man => ManReference.Write(reference),
        ReferenceFormat.Markdown => MarkdownReference.Write(reference),
        _ => TsvReference.Write(reference),
    };

    /// <summary>current, alias, deprecated, no-effect.</summary>
    internal static string StatusName(WordStatus status) => status switch
    {
        WordStatus.Alias => "alias",
        WordStatus.Deprecated => "deprecated",
        WordStatus.NoEffect => "no-effect",
        _ => "current",
    };

    /// <summary>How a block is opened: <c>vrrp_instance NAME</c>; a line of a value block by the block that it stands in.</summary>
    internal static string Title(string path, BlockSchema block)
    {
        if (block.IsRoot)
            return "The top level";
        if (path == PreprocessorWords.Path)
            return "On any line";
        if (path.Contains('<', StringComparison.Ordinal))
            return $"Words on a line of {path.Replace("/<line>", "", StringComparison.Ordinal).Replace("/<args>", "", StringComparison.Ordinal)}";
        return block.Label is null ? path : $"{path} {block.Label}";
    }

    /// <summary>Words that the user may write with an effect; the others are told in a sentence at the end of their block.</summary>
    internal static bool IsTold(WordSchema word) => word.Status is WordStatus.Current or WordStatus.Deprecated;

    /// <summary>"default 100; since 0.5.3": what there is to know in short.</summary>
    internal static IEnumerable<string> Facts(BlockSchema block, WordSchema word)
    {
        // Of a block and of one of a few words the line of syntax tells it all.
        bool isTold = word.Kind is WordKind.Block or WordKind.Lines or WordKind.Names || word.Choices.Length > 0;
        if (!isTold && ArgumentText.Describe(word) is { } argument)
            yield return Capital(argument) + ".";
        if (word.IsRequired)
            yield return "It must be given.";
        else if (word.Default is { } byDefault && word.Kind is not (WordKind.Block or WordKind.Lines or WordKind.Names))
            yield return $"Default: {byDefault}.";
        if (word.IsSecret)
            yield return "Never shown, neither in a message nor in a dump.";
        string[] aliases = [.. block.Words.Where(other => other.Status == WordStatus.Alias && other.Instead == word.Word).Select(static other => other.Word)];
        if (aliases.Length > 0)
            yield return $"Also written {string.Join(", ", aliases)}.";
        if (KeywordText.Status(word) is { } status)
            yield return Capital(status) + ".";
        if (KeywordText.Since(word) is { } since)
            yield return $"Since {since}.";
    }

    internal static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];
}
