using KeepalivedAot.Config.Bfd;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
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

    internal bool IsUsable { get; private set; }

    partial void OnClosed(Parser parser)
    {
        if (Name is null)
        {
            CheckerReports.DropUnless(
                _spans.HasMistake(nameof(Name)), parser.Diagnostics, Spans.Block, "No name has been specified for BFD_CHECKER - skipping", "add 'name BFD_INSTANCE'");
            return;
        }
        BfdInstanceBlock? session = parser.Configuration.Trackers.FindBfd(Name);
        IsUsable = session is { NotifiesCheckers: true };
        if (session is { NotifiesCheckers: false })
        {
            Diagnostic deaf = CheckerReports.Drop(
                parser.Diagnostics, Spans.Name, $"BFD_CHECK - BFD {Name} not configured", $"write 'checker' in bfd_instance {Name}: with 'vrrp' alone checkers are not told");
            parser.Diagnostics.Relate(deaf, session.Spans.Vrrp, "only VRRP is told");
        }
        else if (session is null)
        {
            CheckerReports.DropUnknown(
                parser, Spans.Name, $"BFD_CHECK - BFD {Name} not configured", "bfd_instance", Name, parser.Configuration.BfdInstances.Select(static b => b.Name));
        }
    }

    internal void Inherit(VirtualServers.RealServerBlock server) => Alpha ??= server.Alpha;
}
