namespace KeepalivedAot.Config.Reference;

/// <summary>How the complete reference is written; each is the same for the same program, byte by byte.</summary>
public enum ReferenceFormat
{
    /// <summary>One line for each word at each place, for scripts.</summary>
    Tsv,
    Json,

    /// <summary>Sections of keepalived-aot.conf(5), in man(7).</summary>
    Man,
    Markdown,
}
