namespace KeepalivedAot.Config.Toml;

/// <summary>The table <c>[control]</c>: who may ask the daemon.</summary>
public sealed record ControlSettings
{
    public bool IsEnabled { get; init; } = true;

    /// <summary>Who may look, beside root, who may do everything; empty: nobody.</summary>
    public string Group { get; init; } = "";
}
