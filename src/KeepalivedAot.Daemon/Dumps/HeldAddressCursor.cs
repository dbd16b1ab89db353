using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Routers;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>Finds what became of the addresses of an instance, which is asked for in the order of the configuration: there may be thousands.</summary>
internal ref struct HeldAddressCursor(ReadOnlySpan<HeldAddress> addresses)
{
    private readonly ReadOnlySpan<HeldAddress> _addresses = addresses;
    private int _next;

    /// <summary>Null for a line that has no interface to be on.</summary>
    public HeldAddress? Find(VirtualAddress line)
        => _next < _addresses.Length && ReferenceEquals(_addresses[_next].Line, line) ? _addresses[_next++] : null;
}
