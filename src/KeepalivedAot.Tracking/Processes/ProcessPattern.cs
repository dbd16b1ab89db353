using KeepalivedAot.Base;

namespace KeepalivedAot.Tracking.Processes;

/// <summary>Which processes are meant by one <c>vrrp_track_process</c>.</summary>
/// <remarks>
/// By the kernel's name of the process (<c>/proc/PID/comm</c>, at most 15 bytes) or by its command line (<c>/proc/PID/cmdline</c>,
/// arguments that each end with a NUL). Names are compared whole: <c>ssh</c> is not <c>sshd</c>. A name of more than 15 bytes is no
/// process's, as with keepalived.
/// </remarks>
public sealed class ProcessPattern
{
    private readonly byte[] _name;

    // The arguments as they stand in a command line: each with its NUL.
    private readonly byte[] _commandLine;
    private readonly ParameterRule _rule;

    /// <param name="name">Of the process; with a command line its first word, as it was called.</param>
    /// <param name="usesCommandLine">Compare with the command line, also when no parameters are looked at (<c>full_command</c>).</param>
    public ProcessPattern(string name, IReadOnlyList<string> parameters, ParameterRule rule, bool usesCommandLine)
    {
        _name = ByteText.Encode(name);
        _rule = rule;
        UsesCommandLine = usesCommandLine || rule != ParameterRule.Ignored;
        IEnumerable<string> words = rule == ParameterRule.Ignored ? [name] : [name, .. parameters];
        _commandLine = ByteText.Encode(string.Concat(words.Select(word => word + '\0')));
    }

    /// <summary>Which of the two <see cref="Matches"/> wants.</summary>
    public bool UsesCommandLine { get; }

    /// <summary>Enough bytes of a command line to decide.</summary>
    public int LongestText => UsesCommandLine ? _commandLine.Length + 1 : _name.Length + 1;

    /// <param name="text">
    /// The name without its newline, or the first <see cref="LongestText"/> bytes of the command line. Empty matches nothing: kernel threads and
    /// zombies have no command line.
    /// </param>
    public bool Matches(ReadOnlySpan<byte> text)
    {
        if (!UsesCommandLine)
            return text.SequenceEqual(_name);
        return _rule switch
        {
            ParameterRule.Exact => text.SequenceEqual(_commandLine),
            // Without the last NUL, so that the last parameter may go on.
            ParameterRule.Beginning => text.StartsWith(_commandLine.AsSpan(..^1)),
            _ => text.StartsWith(_commandLine),
        };
    }
}
