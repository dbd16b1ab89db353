using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Vrrp.Watch;

/// <summary>Something that is wrong on a segment, with one other router or host.</summary>
/// <param name="Peer">The other router; of a claim, the virtual address that is claimed.</param>
public readonly record struct Conflict(ConflictKind Kind, IpAddress Peer) : IUtf8SpanFormattable
{
    private const int LongestText = 300;

    public Vrid Vrid { get; init; }

    public Priority PeerPriority { get; init; }

    public Priority OwnPriority { get; init; }

    /// <summary>An address that it uses the VRID for.</summary>
    public IpAddress ForeignAddress { get; init; }

    /// <summary>Who claims; 0 where only an address is known.</summary>
    public MacAddress Mac { get; init; }

    /// <summary>It is about an address of ours, and <see cref="Mac"/> is known.</summary>
    public bool IsClaim => Kind is ConflictKind.AddressClaimed or ConflictKind.AddressWanted;

    public Instant FirstSeen { get; init; }

    public Instant LastSeen { get; init; }

    /// <summary>How many packets.</summary>
    public int Count { get; init; }

    public override string ToString()
    {
        Span<byte> text = stackalloc byte[LongestText];
        Invariant.Require(TryFormat(text, out int length, default, null), "a conflict's text fits");
        return System.Text.Encoding.UTF8.GetString(text[..length]);
    }

    /// <summary>One sentence, no full stop.</summary>
    public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) => Kind switch
    {
        ConflictKind.TwoActive => Fsm.SentenceWriter.TryWrite(
            utf8Destination, $"two routers are MASTER: {Peer} goes on advertising priority {PeerPriority} although this router advertises {OwnPriority}, so it does not hear this one", out bytesWritten),
        ConflictKind.OwnAddress => Fsm.SentenceWriter.TryWrite(
            utf8Destination, $"another router advertises from {Peer}, the address of this one", out bytesWritten),
        ConflictKind.AddressClaimed => Fsm.SentenceWriter.TryWrite(
            utf8Destination, $"{Mac} has the virtual address {Peer}, too, and answers for it although this router is MASTER", out bytesWritten),
        ConflictKind.AddressWanted => Fsm.SentenceWriter.TryWrite(
            utf8Destination, $"{Mac} wants the virtual address {Peer} for itself although this router is MASTER", out bytesWritten),
        _ => Fsm.SentenceWriter.TryWrite(utf8Destination, $"{Peer} also uses VRID {Vrid}, for {ForeignAddress}", out bytesWritten),
    };
}
