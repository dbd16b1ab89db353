using System.Buffers.Binary;
using KeepalivedAot.Vrrp.Authentication;

namespace KeepalivedAot.Vrrp;

/// <summary>The authentication type field of VRRPv2 (RFC 2338, 5.3.6).</summary>
public enum AuthenticationType : byte
{
    None = 0,
    SimplePassword = 1,
    AuthenticationHeader = 2,
}

/// <summary>How a VRRPv2 instance authenticates: not at all (<c>default</c>), with a clear text password, or with AH.</summary>
/// <remarks>The key never appears in text: <see cref="ToString"/> masks it.</remarks>
public readonly struct VrrpAuthentication : IEquatable<VrrpAuthentication>
{
    /// <summary>Bytes of authentication data at the end of every VRRPv2 message over IPv4.</summary>
    public const int DataLength = 8;

    private readonly ulong _key;

    private VrrpAuthentication(AuthenticationType type, ulong key, SecretKey? headerKey = null)
    {
        Type = type;
        _key = key;
        HeaderKey = headerKey;
    }

    public AuthenticationType Type { get; }

    /// <summary>AH: what check values are made with. Null otherwise.</summary>
    public SecretKey? HeaderKey { get; }

    /// <summary>PASS. The password is cut, or padded with NUL, to eight bytes.</summary>
    public static VrrpAuthentication SimplePassword(ReadOnlySpan<byte> password)
    {
        Span<byte> key = stackalloc byte[DataLength];
        key.Clear();
        password[..Math.Min(password.Length, DataLength)].CopyTo(key);
        return new VrrpAuthentication(AuthenticationType.SimplePassword, BinaryPrimitives.ReadUInt64BigEndian(key));
    }

    /// <summary>AH. The password is cut to eight bytes; padding it with NUL would change nothing.</summary>
    public static VrrpAuthentication Header(ReadOnlySpan<byte> password)
        => new(AuthenticationType.AuthenticationHeader, 0, new SecretKey(password[..Math.Min(password.Length, DataLength)]));

    /// <summary>Writes the eight bytes that go on the wire: zero unless the type is PASS.</summary>
    internal void CopyTo(Span<byte> data) => BinaryPrimitives.WriteUInt64BigEndian(data, _key);

    /// <summary>Compares in constant time: all eight bytes at once.</summary>
    internal bool Matches(ReadOnlySpan<byte> data) => (BinaryPrimitives.ReadUInt64BigEndian(data) ^ _key) == 0;

    public bool Equals(VrrpAuthentication other) => Type == other.Type && (_key ^ other._key) == 0 && ReferenceEquals(HeaderKey, other.HeaderKey);
    public override bool Equals(object? obj) => obj is VrrpAuthentication other && Equals(other);
    public override int GetHashCode() => (int)Type;
    public static bool operator ==(VrrpAuthentication a, VrrpAuthentication b) => a.Equals(b);
    public static bool operator !=(VrrpAuthentication a, VrrpAuthentication b) => !a.Equals(b);

    public override string ToString() => Type == AuthenticationType.None ? "none" : "********";
}
