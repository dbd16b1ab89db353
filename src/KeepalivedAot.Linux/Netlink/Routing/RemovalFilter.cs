using System.Buffers.Binary;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink.Routing;

/// <summary>A classic BPF program over rtnetlink's notifications: lets removals in, those of routes if they are of one protocol.</summary>
internal static class RemovalFilter
{
    // linux/filter.h, linux/bpf_common.h
    private const ushort LoadHalf = 0x28;    // BPF_LD | BPF_H | BPF_ABS
    private const ushort LoadOctet = 0x30;   // BPF_LD | BPF_B | BPF_ABS
    private const ushort JumpIfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort Return = 0x06;      // BPF_RET | BPF_K

    private const uint TypeOffset = 4;       // nlmsghdr.nlmsg_type
    private const uint ProtocolOffset = 21;  // rtmsg.rtm_protocol, behind the nlmsghdr
    private const uint Everything = uint.MaxValue;

    public static sock_filter[] Make(byte protocol) =>
    [
        new(LoadHalf, 0, 0, TypeOffset),
        new(JumpIfEqual, 4, 0, AsLoaded(Libc.RTM_DELRULE)),
        new(JumpIfEqual, 3, 0, AsLoaded(Libc.NLMSG_OVERRUN)),
        new(JumpIfEqual, 0, 3, AsLoaded(Libc.RTM_DELROUTE)),
        new(LoadOctet, 0, 0, ProtocolOffset),
        new(JumpIfEqual, 0, 1, protocol),
        new(Return, 0, 0, Everything),
        new(Return, 0, 0, 0),
    ];

    // The filter loads numbers in network order; netlink has them in the host's.
    private static uint AsLoaded(ushort type) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(type) : type;
}
