using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Tests.Conformance;

/// <summary>Puts AH or an auth_hmac trailer to another router's advertisement; computed by the framework, not by the product.</summary>
internal sealed class PeerSignature
{
    private const int Header = 20;
    private const int AuthenticationHeader = 24;
    private const int Trailer = 28;

    private string? _password;
    private uint? _sequence;
    private IpAddress _index;
    private bool _isUnsigned;
    private byte? _keyId;
    private string? _secret;
    private byte _type = 1;
    private readonly UnixTime _now;
    private UnixTime _stamp;
    private ushort _counter;

    public PeerSignature(UnixTime now) => _now = _stamp = now;

    /// <summary>A field of <c>advert</c> that is about authentication.</summary>
    public bool TryTake(string field, string value, int line)
    {
        switch (field)
        {
            case "ah_password":
                _password = value;
                break;
            case "sequence":
                _sequence = uint.Parse(value);
                break;
            case "spi":
                _index = RouterWords.ReadAddress(value, line);
                break;
            case "signature":
                _isUnsigned = value == "none";
                break;
            case "key":
                _keyId = (byte)ScenarioReader.ReadNumber(value, line);
                break;
            case "secret":
                _secret = value;
                break;
            case "trailer_type":
                _type = (byte)ScenarioReader.ReadNumber(value, line);
                break;
            case "behind":
                _stamp = new UnixTime(_stamp.Nanoseconds - ScenarioReader.ReadNumber(value, line) * 1_000_000_000L);
                break;
            case "counter":
                _counter = (ushort)ScenarioReader.ReadNumber(value, line);
                break;
            default:
                return false;
        }
        return true;
    }

    public byte[] Sign(byte[] plain, VrrpParameters sender, IpAddress source)
    {
        if (_isUnsigned)
            return plain;
        if (sender.Authentication.Type == AuthenticationType.AuthenticationHeader)
            return SignHeader(plain, sender, source);
        return sender.Hmac is null ? plain : SignTrailer(plain, sender, source);
    }

    private byte[] SignHeader(byte[] plain, VrrpParameters sender, IpAddress source)
    {
        byte[] datagram = [.. plain[..Header], .. new byte[AuthenticationHeader], .. plain[Header..]];
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)datagram.Length);
        datagram[9] = 51;
        datagram[20] = 112;
        datagram[21] = 4;
        BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(24), (_index.IsNone ? source : _index).ToUInt32());
        uint milliseconds = (uint)(_now.Nanoseconds / 1_000_000 - 1_795_953_600_000);
        BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(28), _sequence ?? milliseconds);
        byte[] covered = [.. datagram];
        covered[1] = covered[6] = covered[7] = covered[10] = covered[11] = 0;
        if (sender.IsUnicast)
            covered[8] = 0;
        byte[] key = _password is null ? sender.Authentication.HeaderKey!.Bytes.ToArray() : Encoding.UTF8.GetBytes(_password);
        HMACMD5.HashData(key, covered).AsSpan(0, 12).CopyTo(datagram.AsSpan(32));
        return datagram;
    }

    private byte[] SignTrailer(byte[] plain, VrrpParameters sender, IpAddress source)
    {
        bool isIPv4 = sender.Family == AddressFamily.IPv4;
        byte[] message = isIPv4 ? plain[Header..] : [.. plain];
        message[6] = message[7] = 0;
        byte id = _keyId ?? sender.Hmac!.ActiveKey;
        byte[] key = _secret is not null
            ? Encoding.ASCII.GetBytes(_secret) : sender.Hmac!.Keys.First(candidate => candidate.Id == id).Secret.Bytes.ToArray();
        byte[] trailer = new byte[Trailer];
        trailer[0] = _type;
        trailer[1] = id;
        BinaryPrimitives.WriteUInt32BigEndian(trailer.AsSpan(4), (uint)_stamp.Seconds);
        BinaryPrimitives.WriteUInt16BigEndian(trailer.AsSpan(8), _stamp.Fraction);
        BinaryPrimitives.WriteUInt16BigEndian(trailer.AsSpan(10), _counter);
        byte[] prefix = new byte[20];
        prefix[0] = (byte)(isIPv4 ? 4 : 6);
        prefix[1] = (byte)sender.Version;
        prefix[2] = sender.Vrid.Value;
        source.CopyTo(prefix.AsSpan(4));
        HMACSHA256.HashData(key, (byte[])[.. prefix, .. message, .. trailer]).AsSpan(0, 16).CopyTo(trailer.AsSpan(12));
        byte[] datagram = [.. plain, .. trailer];
        if (isIPv4)
            BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)datagram.Length);
        return datagram;
    }
}
