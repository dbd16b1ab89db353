namespace KeepalivedAot.Config.Parsing;

/// <summary>
/// Named blocks that were written and are not there, because of a mistake that has been reported: a misspelt keyword, or a setting that
/// the block is nothing without. Whoever names one of them need not be told so again.
/// </summary>
internal sealed class LostBlocks
{
    private readonly HashSet<(string Keyword, string Name)> _blocks = [];

    public void Add(string keyword, string name) => _blocks.Add((keyword, name));

    public bool Contains(string keyword, string name) => _blocks.Contains((keyword, name));
}
