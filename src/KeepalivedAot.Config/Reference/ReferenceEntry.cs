using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Reference;

/// <summary>One word at one place of the language.</summary>
/// <param name="BlockPath">The block as in <c>vrrp_instance/authentication</c>; "(root)" is the top level.</param>
public sealed record ReferenceEntry(string BlockPath, BlockSchema Block, WordSchema Word)
{
    /// <summary>The word with its block: <c>vrrp_instance/priority</c>; at the top level the word alone.</summary>
    public string Path => Block.IsRoot ? Word.Word : $"{BlockPath}/{Word.Word}";

    /// <summary>The path as people write it, without <c>&lt;line&gt;</c> and <c>&lt;args&gt;</c>.</summary>
    public string ShortPath => Path.Replace("/<line>", "", StringComparison.Ordinal).Replace("/<args>", "", StringComparison.Ordinal);
}
