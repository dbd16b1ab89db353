namespace KeepalivedAot.Config.Reference;

/// <summary>Which place of a word people most likely ask about: most configurations are instances of VRRP.</summary>
internal static class CommonUse
{
    private const int OfOptions = 10;

    // The blocks by how many configurations have them, the most first.
    private static readonly string[] s_blocks = ["vrrp_instance", "global_defs", "vrrp_script", "vrrp_sync_group", "virtual_server"];

    /// <summary>Smaller is more common. Keywords come before options of a line.</summary>
    public static int RankOf(ReferenceEntry entry)
    {
        string outermost = entry.BlockPath.Split('/')[0];
        int rank = entry.Block.IsRoot ? 0 : Array.IndexOf(s_blocks, outermost) switch { < 0 => s_blocks.Length + 1, int at => at + 1 };
        return entry.BlockPath.EndsWith('>') && !PreprocessorWords.Holds(entry) ? rank + OfOptions : rank;
    }
}
