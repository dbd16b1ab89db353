using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Lints;

/// <summary>One router's part of a virtual router: an instance and the file that it stands in.</summary>
internal sealed record PeerInstance(LoadResult File, VrrpInstanceBlock Block)
{
    /// <summary>The file that was named, for messages; it may include others.</summary>
    public string Path => File.Name;

    /// <summary>All addresses that move with the instance, advertised or not.</summary>
    public IEnumerable<VirtualAddress> Addresses => Block.VirtualAddresses.Concat(Block.ExcludedAddresses);

    /// <summary>Whether it says of an address that it is this router's own.</summary>
    public bool SpeaksFrom(IpAddress address) => !Block.Source.IsNone && Block.Source == address;

    /// <summary>Reports here, with the place in the other file. A span that was not written stands for the whole instance.</summary>
    public void Report(
        DiagnosticKind kind, SourceSpan span, string message, PeerInstance other, SourceSpan otherSpan, string otherMessage, string? help = null)
    {
        Diagnostic found = File.Diagnostics.Report(kind, span.IsGiven ? span : Block.Spans.Block, $"({Block.Name}) {message}", help);
        string whose = other.File.ReadAs is null ? "" : $", as {other.File.ReadAs}";
        found.AddRelated(new RelatedPlace(other.File.Sources.Locate(otherSpan.IsGiven ? otherSpan : other.Block.Spans.Block), otherMessage + whose));
    }
}
