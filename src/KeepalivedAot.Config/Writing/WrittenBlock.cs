namespace KeepalivedAot.Config.Writing;

/// <summary>
/// A block of the top level, or a line of a list there (<c>static_routes</c>), by what it comes to: words that say what holds without them
/// too do not count, nor do places and comments.
/// </summary>
/// <param name="Keyword">Empty for the keywords of the top level that open no block.</param>
/// <param name="Name">As it is written behind the keyword, or the whole line; empty when there is none.</param>
/// <param name="Occurrence">0; counts on when keyword and name come again.</param>
/// <param name="Print">Differs when a setting differs, secrets included. It means nothing to another process.</param>
/// <param name="Settings">In the order of the schema; empty unless they were asked for.</param>
public sealed record WrittenBlock(string Keyword, string Name, int Occurrence, ulong Print, IReadOnlyList<WrittenSetting> Settings)
{
    /// <summary>What tells blocks of a configuration apart.</summary>
    public (string Keyword, string Name, int Occurrence) Key => (Keyword, Name, Occurrence);

    /// <summary>Some of them with their settings, without prints.</summary>
    public static List<WrittenBlock> SettingsOf(Configuration configuration, Predicate<(string Keyword, string Name, int Occurrence)> wants)
    {
        BlockWriter writer = new(wants);
        configuration.Write(writer);
        return writer.Finish();
    }
}
