using System.Text;
using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Reference;

/// <summary>One code for people: what it means, why it matters, how it looks wrong and right, what keepalived makes of it.</summary>
public static class CodeText
{
    public static string Write(DiagnosticKind kind)
    {
        StringBuilder text = new();
        text.Append(kind.Code).Append("  ").Append(Reports.SeverityName.Of(kind.Severity)).Append(": ").Append(kind.Title).Append("\n\n");
        if (kind.Why is not null)
            WrappedText.Append(text, kind.Why, 2).Append('\n');
        Explanation? explanation = Explanations.Of(kind);
        foreach (string paragraph in explanation?.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries) ?? [])
            WrappedText.Append(text, paragraph, 2).Append('\n');
        Example(text, explanation?.Condition is { } condition ? $"wrong {condition}" : "wrong", explanation?.Wrong);
        Example(text, "right", explanation?.Right);
        WrappedText.Append(text, Consequence(kind), 2);
        return text.ToString();
    }

    private static void Example(StringBuilder text, string label, string? example)
    {
        if (example is not null)
            text.Append("  ").Append(label).Append('\n').Append(WrappedText.Indent(example, 6)).Append('\n');
    }

    private static string Consequence(DiagnosticKind kind)
    {
        string test = kind.Class == ConfigErrorClass.Ok
            ? "keepalived's config test (-t) does not count it."
            : $"keepalived's config test (-t) counts it as {NameOf(kind.Class)}; by itself it ends with status {ConfigTestExitStatus.Of(kind)}.";
        return kind.IsFatal ? $"{test} The daemon does not start with it, and a reload with it is refused." : test;
    }

    /// <summary>keepalived's name of the class.</summary>
    private static string NameOf(ConfigErrorClass errorClass) => errorClass switch
    {
        ConfigErrorClass.FileNotFound => "CONFIG_FILE_NOT_FOUND",
        ConfigErrorClass.BadInterface => "CONFIG_BAD_IF",
        ConfigErrorClass.Fatal => "CONFIG_FATAL",
        ConfigErrorClass.MultipleFiles => "CONFIG_MULTIPLE_FILES",
        ConfigErrorClass.UnknownKeyword => "CONFIG_UNKNOWN_KEYWORD",
        ConfigErrorClass.UnexpectedOpeningBrace => "CONFIG_UNEXPECTED_BOB",
        ConfigErrorClass.MissingOpeningBrace => "CONFIG_MISSING_BOB",
        ConfigErrorClass.UnexpectedClosingBrace => "CONFIG_UNEXPECTED_EOB",
        ConfigErrorClass.MissingClosingBrace => "CONFIG_MISSING_EOB",
        ConfigErrorClass.UnmatchedQuote => "CONFIG_UNMATCHED_QUOTE",
        ConfigErrorClass.MissingParameter => "CONFIG_MISSING_PARAMETER",
        ConfigErrorClass.InvalidNumber => "CONFIG_INVALID_NUMBER",
        ConfigErrorClass.GeneralError => "CONFIG_GENERAL_ERROR",
        ConfigErrorClass.Warning => "CONFIG_WARNING",
        ConfigErrorClass.Deprecated => "CONFIG_DEPRECATED",
        ConfigErrorClass.SecurityError => "CONFIG_SECURITY_ERROR",
        _ => "CONFIG_OK",
    };
}
