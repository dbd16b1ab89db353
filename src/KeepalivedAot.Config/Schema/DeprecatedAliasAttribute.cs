namespace KeepalivedAot.Config.Schema;

/// <summary>An old spelling, accepted with a warning that names the new one.</summary>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class DeprecatedAliasAttribute(string word) : Attribute
{
    public string Word { get; } = word;
    public string? Since { get; set; }

    /// <summary>keepalived counts it as CONFIG_DEPRECATED, which a config test reports by its exit status.</summary>
    public bool Counts { get; set; }
}
