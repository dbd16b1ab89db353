using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

public sealed partial class RtnetlinkCommands
{
    /// <summary>Adds an address. EEXIST when the interface has it, whatever its settings.</summary>
    public void AddAddress(in InterfaceAddress address, int tag)
        => WriteAddress(address, Libc.NLM_F_CREATE | Libc.NLM_F_EXCL, tag);

    /// <summary>Adds an address, or gives the one that is there these lifetimes and flags.</summary>
    public void ReplaceAddress(in InterfaceAddress address, int tag)
        => WriteAddress(address, Libc.NLM_F_CREATE | Libc.NLM_F_REPLACE, tag);

    /// <summary>
    /// Deletes the address with this interface, prefix length and, when set, peer and label. EADDRNOTAVAIL when there is none.
    /// </summary>
    public void DeleteAddress(in InterfaceAddress address, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_DELADDR, 0);
            AddressMessage.WriteIdentity(ref writer, address);
        }
        while (!TryEnd(writer, tag));
    }

    private void WriteAddress(in InterfaceAddress address, ushort flags, int tag)
    {
        NetlinkMessageWriter writer;
        do
        {
            writer = Begin(Libc.RTM_NEWADDR, flags);
            AddressMessage.Write(ref writer, address);
        }
        while (!TryEnd(writer, tag));
    }
}
