using System.Globalization;

namespace KeepalivedAot.Config.Diagnostics;

/// <summary>An entry of the <see cref="DiagnosticCatalogue"/>: what is the same for every finding of its kind.</summary>
/// <param name="Number">Stable, never reused; the digits of the code.</param>
/// <param name="Class">How keepalived counts it, for the exit status of a config test.</param>
/// <param name="IsFatal">keepalived does not run with it.</param>
/// <param name="Title">What the kind is, without the particulars.</param>
/// <param name="Why">Why it matters, as whole sentences; null when the message says it all.</param>
public sealed record DiagnosticKind(
    int Number, Severity Severity, ConfigErrorClass Class, bool IsFatal, string Title, string? Why)
{
    /// <summary>It is about lines, definitions, sequences and files, and not about what words mean.</summary>
    internal bool IsOfText => Number / 100 is 1 or 5;

    /// <summary>
    /// Something that was written could not be read, and what runs is not what was meant: a reload is refused. Other kinds are about what
    /// was read, and was then decided by keepalived's own rules.
    /// </summary>
    public bool IsOfReading { get; init; }

    /// <summary>KA and four digits.</summary>
    public string Code => string.Create(CultureInfo.InvariantCulture, $"KA{Number:D4}");
}
