using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A <c>BFD_CHECK { … }</c>: a BFD session is up.</summary>
[Block("BFD_CHECK")]
public sealed partial class BfdCheckBlock
{
    /// <summary>The name of a bfd_instance that is defined earlier in the file.</summary>
    [Keyword("name", Since = "2.0.0", Default = "required", FirstWins = true, SurvivesMissingValue = true)]
    public string? Name { get; private set; }

    /// <summary>The server counts as down at the start, until the session is up.</summary>
    [Keyword("alpha", Since = "2.0.0", Default = "real server's value", Optional = true)]
    public bool? Alpha { get; private set; }
}
