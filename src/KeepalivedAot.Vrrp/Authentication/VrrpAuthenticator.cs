using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Vrrp.Authentication;

/// <summary>Signs what one router sends and verifies what it hears, with AH or with <c>auth_hmac</c>, or does neither.</summary>
/// <remarks>
/// It has the keys, and what must outlive a reload: the sequence counter, the stamps, how far each sender has counted. After
/// <see cref="Adopt"/> nothing is allocated. <c>auth_hmac</c> is in the other part.
/// </remarks>
public sealed partial class VrrpAuthenticator
{
    private KeyedHash? _headerHash;
    private bool _isUnicast;

    /// <summary>Of AH, for what is sent and what is heard.</summary>
    public SequenceCounter Sequence { get; } = new();

    /// <summary>Authentication Headers are sent, and nothing else is accepted.</summary>
    public bool UsesHeader => _headerHash is not null;

    /// <summary>Bytes between IP header and message.</summary>
    public int HeaderLength => UsesHeader ? AuthenticationHeader.Length : 0;

    /// <summary>Bytes behind our messages.</summary>
    public int TrailerLength => _hmac is { SignsAdvertisements: true } ? HmacTrailer.Length : 0;

    /// <summary>Bytes that authentication adds to an advertisement of ours; by them fewer addresses fit.</summary>
    public static int LengthFor(VrrpParameters parameters)
        => parameters.Authentication.Type == AuthenticationType.AuthenticationHeader ? AuthenticationHeader.Length
            : parameters.Hmac is { SignsAdvertisements: true } ? HmacTrailer.Length : 0;

    /// <summary>Takes keys and settings; the keys that are no longer there are wiped. The keys of the parameters may be wiped afterwards.</summary>
    /// <returns>Whether our advertisements are made in another way than before.</returns>
    public bool Adopt(VrrpParameters parameters)
    {
        _isUnicast = parameters.IsUnicast;
        bool isHeaderOther = AdoptHeader(parameters.Authentication);
        return AdoptHmac(parameters) | isHeaderOther;
    }

    /// <summary>Wipes all keys.</summary>
    public void Wipe()
    {
        _headerHash?.Dispose();
        _headerHash = null;
        WipeHmac();
    }

    /// <summary>Fills the Authentication Header of a datagram in, all else of which is written.</summary>
    /// <param name="sequence">Of the advertisement: all peers get the same number.</param>
    internal void WriteHeader(Span<byte> datagram, IpAddress source, uint sequence)
        => AuthenticationHeader.Write(datagram, source, sequence, _isUnicast, _headerHash!);

    // The check value first: until it is right, nothing in the packet can be believed.
    internal VrrpFault VerifyHeader(
        ReadOnlySpan<byte> ipHeader, ReadOnlySpan<byte> header, ReadOnlySpan<byte> message, IpAddress source, out PacketMismatch mismatch)
    {
        mismatch = default;
        Invariant.Require(_headerHash is not null, "only who has a key verifies");
        if (!AuthenticationHeader.IsRight(ipHeader, header, message, _isUnicast, _headerHash!))
            return VrrpFault.HeaderCheckValue;
        uint index = AuthenticationHeader.IndexOf(header);
        if (index != source.ToUInt32())
        {
            mismatch = new PacketMismatch(unchecked((int)index), unchecked((int)source.ToUInt32()));
            return VrrpFault.HeaderIndex;
        }
        uint sequence = AuthenticationHeader.SequenceOf(header);
        if (Sequence.TryAccept(sequence))
            return VrrpFault.None;
        mismatch = new PacketMismatch(unchecked((int)sequence), unchecked((int)Sequence.Value));
        return VrrpFault.HeaderSequence;
    }

    private bool AdoptHeader(VrrpAuthentication authentication)
    {
        SecretKey? key = authentication.Type == AuthenticationType.AuthenticationHeader ? authentication.HeaderKey : null;
        if (key is null ? _headerHash is null : _headerHash?.IsOf(key) == true)
            return false;
        _headerHash?.Dispose();
        _headerHash = key is null ? null : KeyedHash.Md5(key);
        return true;
    }
}
