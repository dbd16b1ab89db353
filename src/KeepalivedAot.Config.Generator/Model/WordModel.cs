namespace KeepalivedAot.Config.Generator.Model;

/// <summary>A word of a block.</summary>
/// <param name="Setting">The property that it sets.</param>
/// <param name="Counts">For a deprecated alias: a config test counts it.</param>
internal sealed record WordModel(string Word, WordForm Form, string Setting, string? Since, string? Default, bool Counts);

internal enum WordForm
{
    Value,
    Sets,
    Clears,
    Alias,
    DeprecatedAlias,
}
