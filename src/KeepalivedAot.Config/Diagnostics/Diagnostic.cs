using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Diagnostics;

/// <summary>One finding in a configuration: what, where, why it matters, and what to write instead.</summary>
public sealed class Diagnostic
{
    private string _message;

    internal Diagnostic(DiagnosticKind kind, SourceSpan span, SourceLocation location, string message)
    {
        Kind = kind;
        Span = span;
        Location = location;
        _message = message;
        IsFatal = kind.IsFatal;
        Severity = kind.Severity;
    }

    public DiagnosticKind Kind { get; }

    /// <summary>The stable code, such as KA0101.</summary>
    public string Code => Kind.Code;

    /// <summary>That of its kind, unless an error follows from a warning.</summary>
    public Severity Severity { get; private set; }
    public SourceSpan Span { get; }
    public SourceLocation Location { get; }

    /// <summary>One line; where keepalived has a wording for it, keepalived's.</summary>
    public string Message => MoreRounds == 0 ? _message : $"{_message} (and {MoreRounds} more round{(MoreRounds == 1 ? "" : "s")})";

    /// <summary>Why it matters, or null when the message says it all.</summary>
    public string? Why => WhyHere ?? Kind.Why;

    /// <summary>Where it matters for another reason than elsewhere.</summary>
    internal string? WhyHere { get; set; }

    /// <summary>What to write instead, as a whole clause: "did you mean 'priority'?".</summary>
    public string? Suggestion { get; internal set; }

    /// <summary>Other places that belong to it: "first defined here".</summary>
    public IReadOnlyList<RelatedPlace> Related => _related ?? (IReadOnlyList<RelatedPlace>)[];

    /// <summary>How the text came to where it was read, the nearest step first; empty for what stands in the main file as it is.</summary>
    public IReadOnlyList<RelatedPlace> Chain { get; internal set; } = [];

    /// <summary>Of a file that was read for several config-ids: those that have it, when not all do; else null.</summary>
    public IReadOnlyList<string>? ReadAs { get; internal set; }

    /// <summary>keepalived does not run with this (exit status 2 or 6); neither do we. What stands in a block that is ignored never is.</summary>
    public bool IsFatal { get; internal set; }

    /// <summary>In how many rounds of a <c>~SEQ</c> or <c>~LST</c>, after the first one, the same was found at the same place.</summary>
    public int MoreRounds { get; internal set; }

    /// <summary>When it is not kept because it was found in an earlier round already: that finding.</summary>
    internal Diagnostic? OfEarlierRound { get; init; }

    private List<RelatedPlace>? _related;

    /// <summary>An error follows from what it warns of.</summary>
    internal void BecomeError() => Severity = Severity.Error;

    /// <summary>Of a finding of the same kind where the same is written: it is this one, in a further round. Two in one round are two.</summary>
    internal bool IsSameInAnotherRound(SourceSpan span, string message) => span != Span || message == _message;

    internal void AddRelated(RelatedPlace place) => (_related ??= []).Add(place);

    /// <summary>Takes out of every text what must not be shown.</summary>
    internal void Conceal(SourceMap sources)
    {
        _message = sources.Conceal(_message);
        Suggestion = Suggestion is null ? null : sources.Conceal(Suggestion);
        Chain = Conceal(Chain, sources);
        for (int i = 0; i < Related.Count; i++)
            _related![i] = _related[i] with { Message = sources.Conceal(_related[i].Message), Chain = Conceal(_related[i].Chain ?? [], sources) };
    }

    private static IReadOnlyList<RelatedPlace> Conceal(IReadOnlyList<RelatedPlace> places, SourceMap sources)
        => places.Count == 0 ? places : [.. places.Select(place => place with { Message = sources.Conceal(place.Message) })];

    public override string ToString() => $"{Location}: {Message} [{Code}]";
}

/// <summary>A place that explains a diagnostic.</summary>
public readonly record struct RelatedPlace(SourceLocation Location, string Message)
{
    /// <summary>How the text there came to where it was read, as <see cref="Diagnostic.Chain"/>; null when it stands in the main file.</summary>
    public IReadOnlyList<RelatedPlace>? Chain { get; init; }
}
