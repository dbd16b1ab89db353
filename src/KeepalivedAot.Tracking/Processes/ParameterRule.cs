namespace KeepalivedAot.Tracking.Processes;

/// <summary>How the parameters of a running process must agree with those that are wanted (<c>param_match</c>).</summary>
public enum ParameterRule : byte
{
    /// <summary>They are not looked at.</summary>
    Ignored,

    /// <summary>All are the same, and there are no more.</summary>
    Exact,

    /// <summary>The first ones are the same; more may follow (<c>partial</c>).</summary>
    First,

    /// <summary>As <see cref="First"/>, and the last one may be longer than what is wanted (<c>initial</c>).</summary>
    Beginning,
}
