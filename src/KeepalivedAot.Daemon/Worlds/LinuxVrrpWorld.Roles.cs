using System.Text;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Worlds;

// The record of roles, beside that of kernel objects.
internal sealed partial class LinuxVrrpWorld
{
    private const string BootIdFile = "/proc/sys/kernel/random/boot_id";
    private const int LongestBootId = 64;

    private const string RolesExtension = ".roles";

    private readonly string? _rolesPath;
    private InPlaceFile? _roles;

    public string BootId { get; } = FileReader.TryRead(BootIdFile, LongestBootId, out byte[] id).IsError ? "" : Encoding.ASCII.GetString(id).Trim();

    public Duration Suspended => SystemInfo.Uptime - (MonotonicClock.Now - default(Instant));

    public OsError OpenRoles(out byte[]? earlier)
    {
        earlier = null;
        _roles?.Dispose();
        _roles = null;
        if (_rolesPath is null)
            return OsError.None;
        // Whatever is wrong with it: a new one is made.
        if (!FileReader.TryRead(_rolesPath, LongestRecord, out byte[] found).IsError)
            earlier = found;
        return InPlaceFile.Create(_rolesPath, RecordMode, out _roles);
    }

    public OsError WriteRoles(int offset, ReadOnlySpan<byte> part) => _roles?.Write(offset, part) ?? OsError.None;

    public OsError RemoveRoles()
    {
        _roles?.Dispose();
        _roles = null;
        return _rolesPath is null ? OsError.None : FileSystem.Remove(_rolesPath);
    }
}
