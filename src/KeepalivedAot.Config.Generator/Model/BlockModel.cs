namespace KeepalivedAot.Config.Generator.Model;

/// <summary>A class with [Block] or [LineBlock]: all that is needed to write its parser.</summary>
/// <param name="IsNamed">The label is one word that is kept in the property <c>Name</c>; else the header reads it.</param>
/// <param name="FormatsItself">A line whose words are put in order by hand.</param>
/// <param name="ReadsItself">A line whose words are read by hand.</param>
/// <param name="DemandsValues">An option without its value ends the configuration, one that is rejected spoils the line.</param>
/// <param name="MostWords">How many words of a line count behind its first; 0 for any number.</param>
/// <param name="AsksForSpans">A base class has an abstract <c>SpanOf</c>.</param>
/// <param name="Content">The list of lines that is all a named block holds.</param>
internal sealed record BlockModel(
    string Namespace,
    string TypeName,
    string Word,
    string? Label,
    bool IsNamed,
    bool IsLine,
    bool FormatsItself,
    bool TakesOthers,
    bool ReadsItself,
    bool DemandsValues,
    int MostWords,
    bool AsksForSpans,
    SettingModel? Header,
    SettingModel? Content,
    EquatableArray<SettingModel> Positionals,
    EquatableArray<SettingModel> Settings,
    EquatableArray<WordModel> Words,
    EquatableArray<Misuse> Misuses)
{
    // Numbers of the places that a block keeps: its header or line, its name, then positionals, header, content and settings.
    public const int OwnPlace = 0;
    public const int NamePlace = 1;
    private const int FirstSetting = 2;

    public IEnumerable<SettingModel> All
        => Positionals.Items.Concat(Header is null ? [] : [Header]).Concat(Content is null ? [] : [Content]).Concat(Settings.Items);

    public int PlaceOf(SettingModel setting) => FirstSetting + All.ToList().IndexOf(setting);

    public SettingModel SettingOf(WordModel word) => Settings.Items.First(s => s.Property == word.Setting);

    /// <summary>How many bytes an object of it takes, about: with its table of places, before anything is read into it.</summary>
    public int Weight => 112 + All.Sum(static setting => setting.Weight);

    /// <summary>The word that an alias stands for.</summary>
    public WordModel TargetOf(WordModel alias)
        => Words.Items.First(w => w.Setting == alias.Setting && w.Form is not WordForm.Alias and not WordForm.DeprecatedAlias);
}
