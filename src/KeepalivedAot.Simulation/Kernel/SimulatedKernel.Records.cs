using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Simulation.Kernel;

// Files below /run: they outlive the process, but not the host.
internal sealed partial class SimulatedKernel
{
    private byte[]? _record;
    private byte[]? _roles;

    public OsError WriteRecord(ReadOnlySpan<byte> record)
    {
        _record = record.IsEmpty ? null : record.ToArray();
        return OsError.None;
    }

    public OsError ReadRecord(out byte[]? record)
    {
        record = _record;
        return OsError.None;
    }

    public OsError OpenRoles(out byte[]? earlier)
    {
        earlier = _roles;
        _roles = [];
        return OsError.None;
    }

    public OsError WriteRoles(int offset, ReadOnlySpan<byte> part)
    {
        if (_roles is null)
            return OsError.None;
        if (_roles.Length < offset + part.Length)
            Array.Resize(ref _roles, offset + part.Length);
        part.CopyTo(_roles.AsSpan(offset));
        return OsError.None;
    }

    public OsError RemoveRoles()
    {
        _roles = null;
        return OsError.None;
    }

    private void ForgetRecords() => _record = _roles = null;
}
