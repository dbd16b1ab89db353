namespace KeepalivedAot.Config.Toml;

/// <summary>One key of the file: all that reading, reference and sample need to know of it.</summary>
/// <param name="Table">The table that it stands in.</param>
/// <param name="Default">As it is written.</param>
/// <param name="Help">Whole sentences, units named.</param>
/// <param name="Minimum">Of an integer.</param>
/// <param name="Maximum">Of an integer.</param>
/// <param name="Apply">Puts a value that is in range where it belongs. Truth is 1.</param>
internal sealed record Setting(
    string Table, string Key, TomlKind Kind, string Default, string Help, long Minimum, long Maximum, Func<Settings, long, Settings> Apply)
{
    public string FullName => $"{Table}.{Key}";

    /// <summary>What may stand behind the equals sign.</summary>
    public string Values => Kind == TomlKind.Boolean
        ? "true or false"
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"a whole number from {Minimum} to {Maximum}");
}
