using System.Collections;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Diagnostics;

/// <summary>Collects what a parse finds, in the order in which it is found.</summary>
/// <remarks>
/// Keeps at most <see cref="Limit"/> of them, so that a hostile file cannot fill memory; those beyond still count for
/// <see cref="HasFatal"/>, <see cref="HasErrors"/> and the exit statuses.
/// </remarks>
public sealed class DiagnosticBag(SourceMap sources) : IReadOnlyList<Diagnostic>
{
    public const int Limit = 1000;

    private readonly List<Diagnostic> _kept = [];

    public SourceMap Sources => sources;

    /// <summary>How many there were beyond <see cref="Limit"/>.</summary>
    public int Dropped { get; private set; }

    /// <summary>What comes now is counted only, so nobody need think of a suggestion.</summary>
    internal bool IsFull => _kept.Count >= Limit;

    public bool HasFatal { get; private set; }
    public bool HasErrors => Errors > 0;

    /// <summary>How many there were of each severity, those beyond <see cref="Limit"/> included.</summary>
    public int Errors { get; private set; }
    public int Warnings { get; private set; }
    public int Hints { get; private set; }

    /// <summary>keepalived stops at a missing parameter at once, with status 2, even in a config test.</summary>
    public bool HasMissingParameter { get; private set; }

    public bool HasMissingFile { get; private set; }

    /// <summary>The highest class seen; a config test knows only this one.</summary>
    public ConfigErrorClass WorstClass { get; private set; }

    public int Count => _kept.Count;

    public Diagnostic this[int index] => _kept[index];

    /// <param name="suggestion">What to write instead, as a whole clause.</param>
    public Diagnostic Report(DiagnosticKind kind, SourceSpan span, string message, string? suggestion = null)
    {
        Diagnostic diagnostic = Report(kind, span, sources.Locate(span), message, suggestion);
        if (_kept.Count > 0 && ReferenceEquals(_kept[^1], diagnostic))
        {
            foreach ((SourceLocation location, string step) in sources.ChainOf(span))
                diagnostic.AddRelated(new RelatedPlace(location, step));
        }
        return diagnostic;
    }

    /// <summary>In the order of the text, wherever the words came from in the end.</summary>
    internal IEnumerable<Diagnostic> InTextOrder()
        => _kept.OrderBy(static d => d.Location.File?.Start ?? 0).ThenBy(static d => d.Location.Line).ThenBy(static d => d.Location.Column);

    /// <summary>For what is not in the text of a file: the file itself.</summary>
    internal Diagnostic ReportFile(DiagnosticKind kind, SourceFile file, string message, string? suggestion = null)
        => Report(kind, SourceSpan.None, new SourceLocation(file, 0, 0, 0), message, suggestion);

    public List<Diagnostic>.Enumerator GetEnumerator() => _kept.GetEnumerator();
    IEnumerator<Diagnostic> IEnumerable<Diagnostic>.GetEnumerator() => _kept.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => _kept.GetEnumerator();

    /// <summary>Adds a place that explains the diagnostic.</summary>
    internal void Relate(Diagnostic diagnostic, SourceSpan span, string message)
    {
        if (span.IsGiven)
            diagnostic.AddRelated(new RelatedPlace(sources.Locate(span), message));
    }

    private Diagnostic Report(DiagnosticKind kind, SourceSpan span, SourceLocation location, string message, string? suggestion)
    {
        Diagnostic diagnostic = new(kind, span, location, message) { Suggestion = suggestion };
        HasFatal |= kind.IsFatal;
        switch (kind.Severity)
        {
            case Severity.Error: Errors++; break;
            case Severity.Warning: Warnings++; break;
            default: Hints++; break;
        }
        HasMissingParameter |= kind.Class == ConfigErrorClass.MissingParameter;
        HasMissingFile |= kind.Class == ConfigErrorClass.FileNotFound;
        if (kind.Class > WorstClass)
            WorstClass = kind.Class;
        if (_kept.Count < Limit)
            _kept.Add(diagnostic);
        else
            Dropped++;
        return diagnostic;
    }
}
