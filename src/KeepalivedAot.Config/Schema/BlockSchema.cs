using System.Text;

namespace KeepalivedAot.Config.Schema;

/// <summary>The words of one block, or the options of one line of a value block.</summary>
public sealed class BlockSchema(string word, string? label, WordSchema[] words, BlockSchema? header = null)
{
    /// <summary>The word that opens it; the root is "(root)", a line of a value block or the options of a keyword "&lt;line&gt;".</summary>
    public string Word { get; } = word;

    /// <summary>What to call its name in help: NAME; null when the block has none.</summary>
    public string? Label { get; } = label;

    public IReadOnlyList<WordSchema> Words { get; } = words;

    /// <summary>The words between that which opens the block and its brace, where these are more than a name or an address.</summary>
    public BlockSchema? Header { get; } = header;

    public bool IsRoot => Word == "(root)";

    /// <summary>A line here may hold something that must not be shown.</summary>
    public bool HasSecrets => words.Any(static w => w.IsSecret);

    public WordSchema? Find(ReadOnlySpan<byte> word)
    {
        Span<byte> candidate = stackalloc byte[64];
        foreach (WordSchema schema in words)
        {
            if (!schema.IsPositional && schema.Word.Length == word.Length
                && Encoding.UTF8.TryGetBytes(schema.Word, candidate, out int length) && word.SequenceEqual(candidate[..length]))
            {
                return schema;
            }
        }
        return null;
    }

    /// <summary>This block and all below it, with their paths as in <c>vrrp_instance/authentication</c>.</summary>
    public IEnumerable<(string Path, BlockSchema Block)> Walk() => Walk(IsRoot ? "" : Word);

    private IEnumerable<(string Path, BlockSchema Block)> Walk(string path)
    {
        yield return (IsRoot ? Word : path, this);
        if (Header is not null)
            yield return ($"{path}/<args>", Header);
        foreach (WordSchema schema in words)
        {
            if (schema.Status is WordStatus.Alias)
                continue;
            string below = path.Length == 0 ? schema.Word : $"{path}/{schema.Word}";
            foreach ((string word, BlockSchema options) in schema.Forms)
            {
                foreach ((string Path, BlockSchema Block) found in options.Walk($"{below} {word}/<args>"))
                    yield return found;
            }
            if (schema.Child is null)
                continue;
            if (schema.Kind == WordKind.Lines)
                below += "/<line>";
            else if (schema.Kind == WordKind.Options)
                below += "/<args>";
            foreach ((string Path, BlockSchema Block) found in schema.Child.Walk(below))
                yield return found;
        }
    }
}
