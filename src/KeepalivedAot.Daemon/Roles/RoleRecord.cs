using System.Buffers.Binary;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Daemon.Roles;

/// <summary>
/// Which virtual routers this process is MASTER of, and when it advertised them last, as bytes below /run: written in place with each
/// advertisement, so that whoever is started after a <c>kill -9</c> can go on before anybody else takes over.
/// </summary>
/// <remarks>
/// A header (a line of version, the id of this start of the machine), then for each instance, in the order of the configuration: the name of
/// its interface (16 bytes, as the kernel has it), VRID, address family, version of VRRP, 1 when MASTER, 4 bytes of nothing, CLOCK_BOOTTIME of the last
/// advertisement and how long others wait for the next one, both in ns. Numbers are little-endian.
/// </remarks>
internal static class RoleRecord
{
    public const int HeaderLength = 64;
    public const int EntryLength = 40;

    private const int BootIdAt = 20;
    private const int NameLength = 16;
    private const int VridAt = NameLength;
    private const int FamilyAt = VridAt + 1;
    private const int VersionAt = FamilyAt + 1;
    private const int IsActiveAt = VersionAt + 1;
    private const int AdvertisedAt = 24;
    private const int LimitAt = 32;

    private static ReadOnlySpan<byte> Version => "keepalived-aot roles"u8;

    /// <summary>By what a virtual router is known again.</summary>
    public readonly record struct Key(string Interface, byte Vrid, AddressFamily Family, byte Version)
    {
        public static Key Of(VrrpInstanceBlock block) => new(block.Interface ?? "", block.VirtualRouterId, block.Family, block.Version);
    }

    /// <param name="AdvertisedAt">CLOCK_BOOTTIME, since the start of the machine.</param>
    /// <param name="Limit">From then on nobody else takes over for so long.</param>
    public readonly record struct Role(Duration AdvertisedAt, Duration Limit);

    public static void WriteHeader(Span<byte> record, string bootId)
    {
        record[..HeaderLength].Clear();
        Version.CopyTo(record);
        Encoding.ASCII.TryGetBytes(bootId, record[BootIdAt..HeaderLength], out _);
    }

    public static void WriteName(Span<byte> entry, in Key key)
    {
        entry.Clear();
        Base.ByteText.TryEncode(key.Interface, entry[..NameLength], out _);
        entry[VridAt] = key.Vrid;
        entry[FamilyAt] = (byte)key.Family;
        entry[VersionAt] = key.Version;
    }

    /// <param name="role">Null: somebody else has it, or nobody.</param>
    public static void WriteRole(Span<byte> entry, Role? role)
    {
        entry[IsActiveAt] = role is null ? (byte)0 : (byte)1;
        BinaryPrimitives.WriteInt64LittleEndian(entry[AdvertisedAt..], role?.AdvertisedAt.Nanoseconds ?? 0);
        BinaryPrimitives.WriteInt64LittleEndian(entry[LimitAt..], role?.Limit.Nanoseconds ?? 0);
    }

    /// <summary>The roles that were held; none when it is of another version, of another start of the machine, or makes no sense.</summary>
    public static Dictionary<Key, Role> Read(ReadOnlySpan<byte> record, string bootId)
    {
        Dictionary<Key, Role> roles = [];
        Span<byte> header = stackalloc byte[HeaderLength];
        WriteHeader(header, bootId);
        if (bootId.Length == 0 || !record.StartsWith(header))
            return roles;
        for (record = record[HeaderLength..]; record.Length >= EntryLength; record = record[EntryLength..])
        {
            Role role = new(
                Duration.FromNanoseconds(BinaryPrimitives.ReadInt64LittleEndian(record[AdvertisedAt..])),
                Duration.FromNanoseconds(BinaryPrimitives.ReadInt64LittleEndian(record[LimitAt..])));
            if (record[IsActiveAt] != 1 || role.AdvertisedAt <= Duration.Zero || role.Limit <= Duration.Zero)
                continue;
            ReadOnlySpan<byte> name = record[..NameLength];
            int end = name.IndexOf((byte)0);
            roles.TryAdd(new Key(Base.ByteText.Decode(end < 0 ? name : name[..end]), record[VridAt], (AddressFamily)record[FamilyAt], record[VersionAt]), role);
        }
        return roles;
    }
}
