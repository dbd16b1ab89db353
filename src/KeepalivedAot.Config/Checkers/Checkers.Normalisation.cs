using KeepalivedAot.Config.Bfd;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Checkers;

// A checker that lacks what it checks by is left out; the block that holds it asks for IsUsable.
public sealed partial class MiscCheckBlock
{
    internal bool IsUsable => Script is { Command.Length: > 0 };

    partial void OnClosed(Parser parser)
    {
        if (!IsUsable)
            CheckerReports.Drop(parser.Diagnostics, Spans.Block, "No script path has been specified for MISC_CHECKER - skipping", "add 'misc_path \"SCRIPT ARGUMENTS\"'");
    }
}

public sealed partial class FileCheckBlock
{
    internal bool IsUsable { get; private set; }

    // The file is defined before, so what it says itself is known.
    partial void OnClosed(Parser parser)
    {
        if (TrackFile is null)
        {
            CheckerReports.Drop(parser.Diagnostics, Spans.Block, "FILE_CHECK has no track_file specified - ignoring", "add 'track_file NAME'");
            return;
        }
        if (parser.Configuration.Trackers.FindFile(TrackFile) is not { } file)
        {
            CheckerReports.DropUnknown(
                parser.Diagnostics, Spans.TrackFile, $"track_file {TrackFile} not found", "track_file", TrackFile, parser.Configuration.TrackFiles.Select(static f => f.Name));
            return;
        }
        IsUsable = true;
        Weight = Weight is { } weight
            ? weight with { IsReversed = weight.IsReversed ?? file.Weight.IsReversed }
            : new FileWeight(file.Weight.Value, file.Weight.IsReversed);
    }
}

public sealed partial class BfdCheckBlock
{
    internal bool IsUsable { get; private set; }

    partial void OnClosed(Parser parser)
    {
        if (Name is null)
        {
            CheckerReports.Drop(parser.Diagnostics, Spans.Block, "No name has been specified for BFD_CHECKER - skipping", "add 'name BFD_INSTANCE'");
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
                parser.Diagnostics, Spans.Name, $"BFD_CHECK - BFD {Name} not configured", "bfd_instance", Name, parser.Configuration.BfdInstances.Select(static b => b.Name));
        }
    }
}

public sealed partial class UdpCheckBlock
{
    partial void OnClosed(Parser parser)
    {
        if (MinReplyLength <= MaxReplyLength)
            return;
        parser.Diagnostics.Report(
            DiagnosticCatalogue.CheckerSetting, Spans.MinReplyLength.IsGiven ? Spans.MinReplyLength : Spans.MaxReplyLength,
            $"UDP_CHECK min_reply length {MinReplyLength} > max_reply_length {MaxReplyLength} - will always fail", $"write 'max_reply_length {MinReplyLength}' or more");
    }
}

public sealed partial class HttpGetBlock
{
    internal bool IsUsable => Urls is { Count: > 0 };

    partial void OnClosed(Parser parser)
    {
        Urls?.RemoveAll(static u => u.Path is null);
        if (!IsUsable)
            CheckerReports.Drop(parser.Diagnostics, Spans.Block, "HTTP/SSL_GET checker has no urls specified - ignoring", "add 'url { path / }'");
    }
}

public sealed partial class SslGetBlock
{
    internal bool IsUsable => Urls is { Count: > 0 };

    partial void OnClosed(Parser parser)
    {
        Urls?.RemoveAll(static u => u.Path is null);
        if (!IsUsable)
            CheckerReports.Drop(parser.Diagnostics, Spans.Block, "HTTP/SSL_GET checker has no urls specified - ignoring", "add 'url { path / }'");
    }
}

public sealed partial class HttpUrlBlock
{
    partial void OnClosed(Parser parser)
    {
        if (Path is null)
            CheckerReports.Drop(parser.Diagnostics, Spans.Block, "HTTP/SSL_GET checker url has no path - ignoring", "add 'path /'");
    }
}

public sealed partial class SslUrlBlock
{
    partial void OnClosed(Parser parser)
    {
        if (Path is null)
            CheckerReports.Drop(parser.Diagnostics, Spans.Block, "HTTP/SSL_GET checker url has no path - ignoring", "add 'path /'");
    }
}

internal static class CheckerReports
{
    public static Diagnostic Drop(DiagnosticBag diagnostics, SourceSpan span, string message, string suggestion)
        => diagnostics.Report(DiagnosticCatalogue.CheckerDropped, span, message, suggestion);

    public static void DropUnknown(DiagnosticBag diagnostics, SourceSpan span, string message, string kind, string name, IEnumerable<string> known)
    {
        string? near = diagnostics.IsFull ? null : Spelling.Nearest(name, known);
        Drop(
            diagnostics, span, message + " - ignoring the checker",
            near is null ? $"define '{kind} {name} {{ … }}' before the virtual server" : $"did you mean '{near}'?");
    }
}
