namespace KeepalivedAot.Config.Schema;

/// <summary>A word with a value; the property's type says which value.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class KeywordAttribute(string word) : Attribute
{
    public string Word { get; } = word;

    /// <summary>A block without it cannot be run.</summary>
    public bool Required { get; set; }

    /// <summary>Without its value it is ignored; of any other keyword keepalived demands it, and stops.</summary>
    public bool SurvivesMissingValue { get; set; }

    /// <summary>keepalived's first release with it.</summary>
    public string? Since { get; set; }

    /// <summary>The default in words, where it is not a constant: "vrrp_version".</summary>
    public string? Default { get; set; }

    /// <summary>
    /// The word may stand alone: a bool is then true, an enum the member whose <see cref="WordAttribute"/> is "", anything else
    /// what <see cref="Bare"/> says.
    /// </summary>
    public bool Optional { get; set; }

    /// <summary>What the word means when it stands alone, written as in the file; it is optional then.</summary>
    public string? Bare { get; set; }

    /// <summary>What may follow, in the notation of the keyword table, where the property's type does not say it.</summary>
    public string? Arguments { get; set; }

    /// <summary>In a line that <see cref="LineBlockAttribute.DemandsValues"/>: with a value that is rejected the line is used without it.</summary>
    public bool SurvivesRejection { get; set; }

    /// <summary>When it is given twice the first one counts, which is reported; of any other keyword the last one does.</summary>
    public bool FirstWins { get; set; }

    /// <summary>
    /// When it is given twice, this value is not replaced by another one, which is reported; written as in the file, or "*" for every value. The
    /// same again is no mistake.
    /// </summary>
    public string? Keeps { get; set; }

    /// <summary>
    /// Each line adds to what those before it say, which is no mistake; what cannot be added is for the value to report.
    /// </summary>
    public bool Adds { get; set; }

    /// <summary>When it is given twice the last one counts, and keepalived says so with an error; of any other keyword in silence.</summary>
    public bool RepeatCounts { get; set; }

    /// <summary>
    /// The line or the block is ignored, and an error, unless exactly one word follows; of any other keyword more words are passed over,
    /// and keepalived stops when there is none.
    /// </summary>
    public bool ExactlyOne { get; set; }
}
