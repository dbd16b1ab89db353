namespace KeepalivedAot.Config.Generator.Model;

/// <summary>A property that a word of the file sets.</summary>
/// <param name="Type">The type in full, without a question mark.</param>
/// <param name="IsNullable">The property may be null: a block is made when it is first opened.</param>
/// <param name="Bare">What the word means when it stands alone: C# for numbers and strings.</param>
/// <param name="IsAnywhere">A positional that is whatever word is no option.</param>
/// <param name="Arguments">What may follow the word, where the kind does not say it.</param>
/// <param name="FormatsItself">Options that are put in order by hand.</param>
/// <param name="Since">Of a positional; words have their own.</param>
/// <param name="Minimum">In units of the last decimal.</param>
/// <param name="Fallback">What a rejected value becomes: a number in units of the last decimal, or a member of the enum.</param>
internal sealed record SettingModel(
    string Property,
    string What,
    ValueKind Kind,
    string Type,
    bool IsNullable,
    int Decimals,
    bool InMilliseconds,
    long? Minimum,
    long? Maximum,
    bool IsStrict,
    bool IsOptional,
    bool IsRequired,
    bool SurvivesMissingValue,
    bool IsSecret,
    bool IsMulticast,
    string Family,
    int? MaxLength,
    EquatableArray<ChoiceModel> Choices,
    string? Fallback,
    string? Default,
    string? Help,
    string? DeprecatedFor,
    bool DeprecationCounts,
    string? Bare,
    bool FirstWins,
    bool RepeatCounts,
    bool IsNotYet,
    bool IsNoEffect,
    bool SaysNoEffectItself,
    bool IsAnywhere,
    string? Since,
    string? Arguments,
    bool ExactlyOne,
    string? NotHere,
    bool IsValueType,
    bool FormatsItself,
    EquatableArray<FormModel> Forms,
    bool SurvivesRejection,
    string? Keeps,
    bool Adds,
    bool IsRuleAction)
{
    private const int Reference = 8;
    private const int EmptyList = 32;

    /// <summary>How many bytes the property takes, about; what it refers to is weighed when it is made.</summary>
    public int Weight => Kind switch
    {
        ValueKind.Flag or ValueKind.Boolean or ValueKind.Choice => sizeof(int),
        ValueKind.Integer or ValueKind.Duration => IsNullable ? 2 * sizeof(long) : sizeof(long),
        ValueKind.Address or ValueKind.Prefix or ValueKind.SelfReading => 3 * sizeof(long),
        ValueKind.NamedBlocks or ValueKind.Lines or ValueKind.Blocks or ValueKind.HeadedBlocks or ValueKind.NamedLines or ValueKind.Names
            or ValueKind.RepeatedArguments when !IsNullable => Reference + EmptyList,
        _ => Reference,
    };
}

/// <summary>One of the ways in which the words behind a keyword go on: the word that chooses it, if there is one, and the line's type.</summary>
internal sealed record FormModel(string Word, string Type);

/// <summary>A member of an enum and the word that means it.</summary>
internal sealed record ChoiceModel(string Word, string Member);
