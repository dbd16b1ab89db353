using Microsoft.CodeAnalysis;

namespace KeepalivedAot.Config.Generator.Model;

/// <summary>What can be wrong with a declaration.</summary>
internal static class Misuses
{
    public static readonly DiagnosticDescriptor DuplicateWord = New("KAG001", "The word '{0}' is declared twice in one block");
    public static readonly DiagnosticDescriptor UnsupportedType = New("KAG002", "'{0}' has a type that no word of a file can be read into");
    public static readonly DiagnosticDescriptor NotPartial = New("KAG003", "'{0}' must be a partial class that is not nested");
    public static readonly DiagnosticDescriptor NoUnit = New("KAG004", "'{0}' is a Duration: say [Seconds] or [Milliseconds]");
    public static readonly DiagnosticDescriptor NoRange = New("KAG005", "'{0}' is a number: say its [Range], smallest first, within the type and the decimals");
    public static readonly DiagnosticDescriptor NoWords = New("KAG006", "'{0}' is an enum of which no member has a [Word]");
    public static readonly DiagnosticDescriptor NotSettable = New("KAG007", "'{0}' needs a setter");
    public static readonly DiagnosticDescriptor NoName = New("KAG008", "'{0}' has a label: it needs a property 'string Name' with a setter");
    public static readonly DiagnosticDescriptor NoPositional = New("KAG009", "'{0}' has a [Positional], a [Header] or a [Content] where none can be, or none where one must be");
    public static readonly DiagnosticDescriptor NotBoolean = New("KAG010", "'{0}' must be a bool, because a word alone sets or clears it");
    public static readonly DiagnosticDescriptor BadWord = New("KAG011", "'{0}' cannot be a word: 1 to 63 printable ASCII characters without blank, quote and brace");
    public static readonly DiagnosticDescriptor NoKeyword = New("KAG012", "'{0}' has attributes of a value but no [Keyword], [Sets], [Clears] or [Positional]");
    public static readonly DiagnosticDescriptor BadFallback = New("KAG013", "'{0}' has a [Fallback] that is none of its values");

    public static DiagnosticDescriptor Find(string id) => id switch
    {
        "KAG001" => DuplicateWord,
        "KAG002" => UnsupportedType,
        "KAG003" => NotPartial,
        "KAG004" => NoUnit,
        "KAG005" => NoRange,
        "KAG006" => NoWords,
        "KAG007" => NotSettable,
        "KAG008" => NoName,
        "KAG009" => NoPositional,
        "KAG010" => NotBoolean,
        "KAG011" => BadWord,
        "KAG012" => NoKeyword,
        _ => BadFallback,
    };

    private static DiagnosticDescriptor New(string id, string message)
        => new(id, "A block of the configuration is declared wrongly", message, "KeepalivedAot.Config", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
