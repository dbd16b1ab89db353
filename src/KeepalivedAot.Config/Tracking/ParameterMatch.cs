using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Tracking;

/// <summary>How the parameters of a running process must agree with those that are configured.</summary>
public enum ParameterMatch : byte
{
    /// <summary>They are not looked at.</summary>
    None,

    /// <summary>All are the same.</summary>
    [Word("")] Exact,

    /// <summary>The first ones are the same; more may follow.</summary>
    [Word("partial")] Partial,

    /// <summary>As <see cref="Partial"/>, and the last one may be longer than what is configured.</summary>
    [Word("initial")] Initial,
}
