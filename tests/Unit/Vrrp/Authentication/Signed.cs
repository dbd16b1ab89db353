using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Authentication;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Unit.Vrrp.Authentication;

/// <summary>What another router signs, put together from the description of the formats and hashed by the framework.</summary>
internal static class Signed
{
    public const string Password = "secret";

    public static readonly byte[] Key1 = Encoding.ASCII.GetBytes("0123456789abcdef0123456789abcdef");
    public static readonly byte[] Key2 = [.. Enumerable.Range(100, 64).Select(static i => (byte)i)];

    public static VrrpParameters WithHeader(VrrpParameters parameters, string password = Password)
        => parameters with { Authentication = VrrpAuthentication.Header(Encoding.ASCII.GetBytes(password)) };

    public static VrrpParameters WithTrailer(
        VrrpParameters parameters, HmacPolicy policy = HmacPolicy.Enforce, int window = 5, byte active = 1, params (byte Id, byte[] Key)[] keys)
        => parameters with
        {
            Hmac = new HmacParameters
            {
                Keys = [.. (keys.Length == 0 ? [(1, Key1), (2, Key2)] : keys).Select(static key => new NumberedKey(key.Id, new SecretKey(key.Key)))],
                ActiveKey = active,
                Policy = policy,
                TimeWindowSeconds = window,
            },
        };

    /// <summary>IP, AH, VRRP.</summary>
    public static byte[] Header(
        VrrpParameters sender, IpAddress source, int priority, uint sequence, string password = Password, uint? index = null,
        IpAddress destination = default, byte timeToLive = 255, ushort identification = 1)
    {
        byte[] plain = Datagram.Of(WithHeader(sender), source, priority, timeToLive, destination);
        byte[] datagram = [.. plain[..20], .. new byte[24], .. plain[20..]];
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)datagram.Length);
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(4), identification);
        datagram[9] = 51;
        WriteHeaderChecksum(datagram);
        datagram[20] = 112;
        datagram[21] = 4;
        BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(24), index ?? source.ToUInt32());
        BinaryPrimitives.WriteUInt32BigEndian(datagram.AsSpan(28), sequence);
        byte[] covered = [.. datagram];
        covered[1] = covered[6] = covered[7] = covered[10] = covered[11] = 0;
        if (sender.IsUnicast)
            covered[8] = 0;
        HMACMD5.HashData(Encoding.ASCII.GetBytes(password), covered).AsSpan(0, 12).CopyTo(datagram.AsSpan(32));
        return datagram;
    }

    /// <summary>IP (not with IPv6), VRRP, trailer.</summary>
    public static byte[] Trailer(
        VrrpParameters sender, IpAddress source, int priority, ulong stamp, byte keyId = 1, byte[]? key = null, byte type = 1, byte reserved = 0)
    {
        byte[] plain = Datagram.Of(sender, source, priority);
        bool isIPv4 = sender.Family == AddressFamily.IPv4;
        byte[] message = isIPv4 ? plain[20..] : plain;
        message[6] = message[7] = 0;
        byte[] trailer = new byte[28];
        trailer[0] = type;
        trailer[1] = keyId;
        trailer[3] = reserved;
        BinaryPrimitives.WriteUInt64BigEndian(trailer.AsSpan(4), stamp);
        byte[] prefix = new byte[20];
        prefix[0] = (byte)(isIPv4 ? 4 : 6);
        prefix[1] = (byte)sender.Version;
        prefix[2] = sender.Vrid.Value;
        source.CopyTo(prefix.AsSpan(4));
        HMACSHA256.HashData(key ?? Key1, (byte[])[.. prefix, .. message, .. trailer]).AsSpan(0, 16).CopyTo(trailer.AsSpan(12));
        if (!isIPv4)
        {
            byte[] whole = [.. message, .. trailer];
            Datagram.WriteChecksum(whole, sender, source, sender.IsUnicast ? TestWorld.Local : sender.Group);
            return whole;
        }
        byte[] datagram = [.. plain, .. trailer];
        BinaryPrimitives.WriteUInt16BigEndian(datagram.AsSpan(2), (ushort)datagram.Length);
        WriteHeaderChecksum(datagram);
        return datagram;
    }

    private static void WriteHeaderChecksum(Span<byte> datagram)
    {
        datagram[10] = datagram[11] = 0;
        uint sum = 0;
        for (int i = 0; i < 20; i += 2)
            sum += BinaryPrimitives.ReadUInt16BigEndian(datagram[i..]);
        BinaryPrimitives.WriteUInt16BigEndian(datagram[10..], (ushort)~((sum & 0xFFFF) + (sum >> 16)));
    }

    /// <summary>A stamp so many seconds after the beginning of a <see cref="TestWorld"/>.</summary>
    public static ulong Stamp(double seconds, ushort counter = 0)
        => (ulong)((TestWorld.Beginning.Seconds + (decimal)seconds) * 65536) << 16 | counter;
}
