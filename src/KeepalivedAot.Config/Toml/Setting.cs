using System.Globalization;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Toml;

/// <summary>One key of the file: all that reading, reference and sample need to know of it.</summary>
/// <param name="Table">The table that it stands in.</param>
/// <param name="Default">As it is written.</param>
/// <param name="Help">Whole sentences, units named.</param>
internal abstract record Setting(string Table, string Key, TomlKind Kind, string Default, string Help)
{
    public string FullName => $"{Table}.{Key}";

    /// <summary>What may stand behind the equals sign.</summary>
    public abstract string Values { get; }

    /// <summary>Puts a value of the right kind where it belongs; null when it is none of <see cref="Values"/>.</summary>
    public abstract Settings? Apply(Settings settings, TomlEntry entry);
}

/// <summary>A setting that is a whole number, or true or false.</summary>
/// <param name="Put">Truth is 1.</param>
internal sealed record NumberSetting(
    string Table, string Key, TomlKind Kind, string Default, string Help, long Minimum, long Maximum, Func<Settings, long, Settings> Put)
    : Setting(Table, Key, Kind, Default, Help)
{
    public override string Values => Kind == TomlKind.Boolean
        ? "true or false"
        : string.Create(CultureInfo.InvariantCulture, $"a whole number from {Minimum} to {Maximum}");

    public override Settings? Apply(Settings settings, TomlEntry entry)
        => entry.Number >= Minimum && entry.Number <= Maximum ? Put(settings, entry.Number) : null;
}

/// <summary>A setting that is text.</summary>
/// <param name="Expects">What the text is, in a few words.</param>
/// <param name="Put">Null when it is something else.</param>
internal sealed record TextSetting(
    string Table, string Key, string Default, string Help, string Expects, Func<Settings, string, SourceSpan, Settings?> Put)
    : Setting(Table, Key, TomlKind.Text, Default, Help)
{
    public override string Values => Expects;

    public override Settings? Apply(Settings settings, TomlEntry entry) => Put(settings, entry.Text, entry.ValueSpan);
}
