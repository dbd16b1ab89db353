using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Checkers;

// A checker that lacks what it checks by is left out; the block that holds it asks for IsUsable.
public sealed partial class MiscCheckBlock
{
    internal bool IsUsable => Script is not null;

    partial void OnClosed(Parser parser)
    {
        if (Script is null)
            CheckerReports.Drop(parser, Spans.Block, "No script path has been specified for MISC_CHECKER - skipping", "add 'misc_path \"SCRIPT ARGUMENTS\"'");
    }
}

public sealed partial class FileCheckBlock
{
    internal bool IsUsable { get; private set; }

    partial void OnClosed(Parser parser)
    {
        IsUsable = TrackFile is not null && parser.Configuration.TrackFiles.Exists(f => f.Name == TrackFile);
        if (TrackFile is null)
            CheckerReports.Drop(parser, Spans.Block, "A FILE_CHECK names no file - ignoring", "add 'track_file NAME'");
        else if (!IsUsable)
            CheckerReports.DropUnknown(parser, Spans.TrackFile, "track_file", TrackFile, parser.Configuration.TrackFiles.Select(static f => f.Name));
    }
}

public sealed partial class BfdCheckBlock
{
    internal bool IsUsable { get; private set; }

    partial void OnClosed(Parser parser)
    {
        IsUsable = Name is not null && parser.Configuration.BfdInstances.Exists(b => b.Name == Name);
        if (Name is null)
            CheckerReports.Drop(parser, Spans.Block, "A BFD_CHECK names no session - ignoring", "add 'name BFD_INSTANCE'");
        else if (!IsUsable)
            CheckerReports.DropUnknown(parser, Spans.Name, "bfd_instance", Name, parser.Configuration.BfdInstances.Select(static b => b.Name));
    }
}

public sealed partial class HttpGetBlock
{
    internal bool IsUsable => Urls is { Count: > 0 };

    partial void OnClosed(Parser parser)
    {
        Urls?.RemoveAll(static u => u.Path is null);
        if (!IsUsable)
            CheckerReports.Drop(parser, Spans.Block, "HTTP/SSL_GET checker has no urls specified - ignoring", "add 'url { path / }'");
    }
}

public sealed partial class SslGetBlock
{
    internal bool IsUsable => Urls is { Count: > 0 };

    partial void OnClosed(Parser parser)
    {
        Urls?.RemoveAll(static u => u.Path is null);
        if (!IsUsable)
            CheckerReports.Drop(parser, Spans.Block, "HTTP/SSL_GET checker has no urls specified - ignoring", "add 'url { path / }'");
    }
}

public sealed partial class HttpUrlBlock
{
    partial void OnClosed(Parser parser)
    {
        if (Path is null)
            CheckerReports.Drop(parser, Spans.Block, "HTTP/SSL_GET checker url has no path - ignoring", "add 'path /'");
    }
}

public sealed partial class SslUrlBlock
{
    partial void OnClosed(Parser parser)
    {
        if (Path is null)
            CheckerReports.Drop(parser, Spans.Block, "HTTP/SSL_GET checker url has no path - ignoring", "add 'path /'");
    }
}

internal static class CheckerReports
{
    public static void Drop(Parser parser, SourceSpan span, string message, string suggestion)
        => parser.Diagnostics.Report(DiagnosticCatalogue.CheckerDropped, span, message, suggestion);

    public static void DropUnknown(Parser parser, SourceSpan span, string kind, string name, IEnumerable<string> known)
    {
        string? near = Spelling.Nearest(name, known);
        Drop(
            parser, span, $"there is no {kind} '{name}' up to here - ignoring the checker",
            near is null ? $"define '{kind} {name} {{ … }}' before the virtual server" : $"did you mean '{near}'?");
    }
}
