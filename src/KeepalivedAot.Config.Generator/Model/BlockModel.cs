namespace KeepalivedAot.Config.Generator.Model;

/// <summary>A class with [Block] or [LineBlock]: all that is needed to write its parser.</summary>
internal sealed record BlockModel(
    string Namespace,
    string TypeName,
    string Word,
    string? Label,
    bool IsLine,
    SettingModel? Positional,
    EquatableArray<SettingModel> Settings,
    EquatableArray<WordModel> Words,
    EquatableArray<Misuse> Misuses);
