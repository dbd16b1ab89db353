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
    private readonly List<Diagnostic> _warned = [];
    private readonly Dictionary<(int Number, SourceSpan Written), Diagnostic> _ofRounds = [];
    private int _lastToGiveWay = Limit - 1;
    private int _ignoring;
    private int _repeated;

    public SourceMap Sources => sources;

    /// <summary>How many there were beyond <see cref="Limit"/>.</summary>
    public int Dropped { get; private set; }

    /// <summary>What comes now is counted only, so nobody need think of a suggestion.</summary>
    /// <remarks>A finding that is counted with the one of an earlier round costs as much as one that is kept, and a sequence may have millions.</remarks>
    internal bool IsFull => _kept.Count + _repeated >= Limit;

    public bool HasFatal { get; private set; }
    public bool HasErrors => Errors > 0;

    /// <summary>How many there were of each severity, those beyond <see cref="Limit"/> included.</summary>
    public int Errors { get; private set; }
    public int Warnings { get; private set; }
    public int Hints { get; private set; }

    /// <summary>keepalived stops at a missing parameter at once, with status 2, even in a config test.</summary>
    public bool HasMissingParameter { get; private set; }

    /// <summary>The main file cannot be read, or an include leads nowhere although a check is on.</summary>
    public bool HasMissingFile { get; private set; }

    /// <summary>keepalived has a status of its own for an include that fails its check.</summary>
    public bool HasMissingInclude { get; private set; }

    /// <summary>The highest class seen; a config test knows only this one.</summary>
    public ConfigErrorClass WorstClass { get; private set; }

    /// <summary>Grows with every finding, those included that are not shown again.</summary>
    internal int Findings { get; private set; }

    /// <summary>Grows with every error, those included that are not shown again.</summary>
    internal int Mistakes { get; private set; }

    public int Count => _kept.Count;

    public Diagnostic this[int index] => _kept[index];

    /// <param name="suggestion">What to write instead, as a whole clause.</param>
    public Diagnostic Report(DiagnosticKind kind, SourceSpan span, string message, string? suggestion = null)
        => Report(kind, span, LocationOf(kind, span), message, suggestion, !IsFull && sources.IsOfRounds(span));

    /// <summary>The same of a place that is known as it was written, in a line that may be one of a sequence's rounds.</summary>
    internal Diagnostic ReportWritten(DiagnosticKind kind, SourceSpan span, string message, string? suggestion, bool isOfRounds)
        => Report(kind, span, LocationOf(kind, span), message, suggestion, isOfRounds);

    private SourceLocation LocationOf(DiagnosticKind kind, SourceSpan span) => IsFull && !kind.IsFatal ? default : sources.Locate(span);

    /// <summary>A finding that may follow from a mistake that has been reported. Then nobody need read it, and it counts for the statuses only.</summary>
    /// <remarks>An error that follows from a warning makes an error of it, so that what stands in the way is always shown as such.</remarks>
    /// <param name="said">Whether the mistake has been reported.</param>
    /// <param name="why">Why it matters here, when that is not what its kind says.</param>
    internal void ReportUnless(Said said, DiagnosticKind kind, SourceSpan span, string message, string? suggestion = null, string? why = null)
    {
        if (!said)
            Report(kind, span, message, suggestion).WhyHere = why;
        else if (Account(kind) && kind.Severity == Severity.Error && said.Warning is { } place)
            MakeError(_warned[place], kind, span, message);
    }

    /// <summary>The warning says of something that it is lost. What follows is not reported beside it.</summary>
    internal Said SaidBy(Diagnostic warning)
    {
        Diagnostic shown = warning.OfEarlierRound ?? warning;
        // What nobody can see says nothing.
        if (shown.Message.Length == 0)
            return Said.No;
        int place = _warned.LastIndexOf(shown);
        if (place < 0)
        {
            place = _warned.Count;
            _warned.Add(shown);
        }
        return Said.ByWarning(place);
    }

    private void MakeError(Diagnostic warning, DiagnosticKind follows, SourceSpan span, string message)
    {
        warning.IsFatal |= follows.IsFatal;
        if (warning.Severity == Severity.Error)
            return;
        Add(-1, warning.Severity);
        warning.BecomeError();
        Add(1, Severity.Error);
        Mistakes++;
        Relate(warning, span, $"because of that: {message}");
    }

    /// <summary>What comes now stands in a block that is ignored: what its words mean is shown, and counts for no status.</summary>
    internal void EnterIgnored() => _ignoring++;

    internal void LeaveIgnored() => _ignoring--;

    /// <summary>In the order in which a reader of the text meets them: what a definition holds counts where it is used.</summary>
    internal IEnumerable<Diagnostic> InTextOrder()
        => _kept.OrderBy(d => sources.OrderOf(d.Span)).ThenBy(d => sources.Written(d.Span).Position);

    /// <summary>For what is not in the text of a file: the file itself.</summary>
    internal Diagnostic ReportFile(DiagnosticKind kind, SourceFile file, string message, string? suggestion = null)
        => Report(kind, SourceSpan.None, new SourceLocation(file, 0, 0, 0), message, suggestion);

    /// <summary>All secrets are known: takes them out of what was said before they were.</summary>
    internal void Conceal()
    {
        foreach (Diagnostic diagnostic in _kept)
            diagnostic.Conceal(sources);
    }

    /// <summary>Takes out what has been said elsewhere. The exit statuses stay what they were.</summary>
    internal void RemoveAll(Predicate<Diagnostic> isSaid)
    {
        _kept.RemoveAll(diagnostic =>
        {
            bool removes = isSaid(diagnostic);
            if (removes)
                Add(-1, diagnostic.Severity);
            return removes;
        });
    }

    /// <summary>What was found last at this place is about to be said better.</summary>
    internal void TakeBack(DiagnosticKind kind, SourceSpan span)
    {
        if (_kept.Count == 0 || _kept[^1].Kind != kind || _kept[^1].Span != span || _kept[^1].MoreRounds > 0)
            return;
        Add(-1, kind.Severity);
        _kept.RemoveAt(_kept.Count - 1);
    }

    public List<Diagnostic>.Enumerator GetEnumerator() => _kept.GetEnumerator();
    IEnumerator<Diagnostic> IEnumerable<Diagnostic>.GetEnumerator() => _kept.GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => _kept.GetEnumerator();

    /// <summary>Adds a place that explains the diagnostic.</summary>
    internal void Relate(Diagnostic diagnostic, SourceSpan span, string message)
    {
        if (span.IsGiven && diagnostic.Message.Length > 0)
            diagnostic.AddRelated(new RelatedPlace(sources.Locate(span), sources.Conceal(message)) { Chain = PlacesOf(span) });
    }

    private IReadOnlyList<RelatedPlace> PlacesOf(SourceSpan span)
    {
        IReadOnlyList<(SourceLocation Location, string Message)> chain = sources.ChainOf(span);
        return chain.Count == 0 ? [] : [.. chain.Select(static step => new RelatedPlace(step.Location, step.Message))];
    }

    private Diagnostic Report(DiagnosticKind kind, SourceSpan span, SourceLocation location, string message, string? suggestion, bool isOfRounds = false)
    {
        bool counts = Account(kind);
        Findings++;
        Mistakes += kind.Severity == Severity.Error ? 1 : 0;
        bool isShown = !IsFull || (kind.IsFatal && counts);
        isOfRounds &= !IsFull;
        // What a round has put there differs from one to the next; what the user wrote there is one mistake.
        if (isOfRounds && _ofRounds.TryGetValue((kind.Number, sources.Written(span)), out Diagnostic? first) && first.IsSameInAnotherRound(span, message))
        {
            first.MoreRounds++;
            _repeated++;
            return new Diagnostic(kind, span, location, "") { OfEarlierRound = first };
        }
        Diagnostic diagnostic = new(kind, span, location, isShown ? sources.Conceal(message) : "")
        {
            IsFatal = kind.IsFatal && counts,
            Suggestion = isShown && suggestion is not null ? sources.Conceal(suggestion) : null,
            Chain = isShown ? PlacesOf(span) : [],
        };
        if (isOfRounds)
            _ofRounds.TryAdd((kind.Number, sources.Written(span)), diagnostic);
        Add(1, kind.Severity);
        if (!IsFull || (diagnostic.IsFatal && _kept.Count < Limit))
            _kept.Add(diagnostic);
        else
            KeepIfFatal(diagnostic);
        return diagnostic;
    }

    /// <summary>What the statuses are made of: counts a finding that nobody need read.</summary>
    /// <returns>False when it counts for none: a text that cannot be read is one wherever it stands, what its words mean is not.</returns>
    internal bool Account(DiagnosticKind kind)
    {
        if (_ignoring > 0 && !kind.IsOfText)
            return false;
        HasFatal |= kind.IsFatal;
        HasMissingParameter |= kind.Class == ConfigErrorClass.MissingParameter;
        HasMissingFile |= kind.Class == ConfigErrorClass.FileNotFound;
        HasMissingInclude |= ConfigTestExitStatus.IsOfIncludes(kind);
        if (kind.Class > WorstClass)
            WorstClass = kind.Class;
        return true;
    }

    private void Add(int number, Severity severity)
    {
        switch (severity)
        {
            case Severity.Error: Errors += number; break;
            case Severity.Warning: Warnings += number; break;
            default: Hints += number; break;
        }
    }

    // Why it cannot be run is what a user must see; a finding of less weight gives way.
    private void KeepIfFatal(Diagnostic diagnostic)
    {
        Dropped++;
        while (diagnostic.IsFatal && _lastToGiveWay >= 0 && _kept[_lastToGiveWay].IsFatal)
            _lastToGiveWay--;
        if (!diagnostic.IsFatal || _lastToGiveWay < 0)
            return;
        _kept[_lastToGiveWay--] = diagnostic;
    }
}
