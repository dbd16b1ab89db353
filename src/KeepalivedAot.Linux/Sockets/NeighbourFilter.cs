using System.Buffers.Binary;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>
/// A classic BPF program for <see cref="NeighbourListener"/>: it lets in what says of certain addresses who has them. For IPv4 that is ARP by its
/// sender's address; for IPv6 neighbour advertisements, and solicitations from the unspecified address, by their target.
/// </summary>
/// <remarks>
/// It is of one length for any number of addresses: an address passes when it begins as all of them do, and ends with an octet that one of them
/// ends with. With addresses that differ in their last octet only that is exact; of several networks it lets a few others in, and whoever
/// listens compares.
/// </remarks>
public static class NeighbourFilter
{
    /// <summary>Instructions of a program, at most.</summary>
    public const int MostInstructions = 80;

    // linux/filter.h, linux/bpf_common.h
    private const ushort LoadWord = 0x20;        // BPF_LD | BPF_W | BPF_ABS
    private const ushort LoadHalf = 0x28;        // BPF_LD | BPF_H | BPF_ABS
    private const ushort LoadOctet = 0x30;       // BPF_LD | BPF_B | BPF_ABS
    private const ushort And = 0x54;             // BPF_ALU | BPF_AND | BPF_K
    private const ushort JumpIfEqual = 0x15;     // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort Return = 0x06;          // BPF_RET | BPF_K
    private const uint PacketType = 0xFFFF_F000 + 4;       // SKF_AD_OFF + SKF_AD_PKTTYPE
    private const uint InterfaceIndex = 0xFFFF_F000 + 8;   // SKF_AD_OFF + SKF_AD_IFINDEX
    private const uint VlanTagPresent = 0xFFFF_F000 + 48;  // SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT
    private const uint OtherHost = 3;            // PACKET_OTHERHOST, linux/if_packet.h
    private const uint Outgoing = 4;             // PACKET_OUTGOING

    private const uint ArpSenderAddressOffset = 14;
    private const uint NextHeaderOffset = 6;
    private const uint SourceOffset = 8;
    private const uint TypeOffset = 40;
    private const uint TargetOffset = 48;
    private const uint IcmpV6 = 58;
    private const uint Solicitation = 135;
    private const uint Advertisement = 136;
    private const int WordLength = 4;

    // To where nothing is let in: put right when it is known how far that is.
    private const byte ToRejection = 0xFF;

    /// <param name="program">At least <see cref="MostInstructions"/>.</param>
    /// <param name="interfaceIndex">
    /// Where the packets must have come in. Others are seen there, too: of the VLANs above, and what interfaces above have taken for theirs.
    /// </param>
    /// <param name="addresses">All of one family; without any nothing is let in.</param>
    /// <returns>How many instructions it has.</returns>
    public static int Write(Span<sock_filter> program, int interfaceIndex, ReadOnlySpan<IpAddress> addresses)
    {
        if (addresses.IsEmpty)
        {
            program[0] = new(Return, 0, 0, 0);
            return 1;
        }
        bool isIPv4 = addresses[0].Family == AddressFamily.IPv4;
        int at = 0;
        program[at++] = new(LoadWord, 0, 0, PacketType);
        program[at++] = new(JumpIfEqual, ToRejection, 0, Outgoing);
        // What is tagged for a VLAN that the host does not have is another network's, and has lost its tag by now.
        program[at++] = new(JumpIfEqual, ToRejection, 0, OtherHost);
        program[at++] = new(LoadWord, 0, 0, InterfaceIndex);
        program[at++] = new(JumpIfEqual, 0, ToRejection, (uint)interfaceIndex);
        program[at++] = new(LoadWord, 0, 0, VlanTagPresent);
        program[at++] = new(JumpIfEqual, 0, ToRejection, 0);
        if (isIPv4)
            at = WriteArp(program, at);
        else
            at = WriteDiscovery(program, at);
        at = WriteAddresses(program, at, isIPv4 ? ArpSenderAddressOffset : TargetOffset, addresses);
        int rejection = at - 1;
        for (int i = 0; i < at; i++)
        {
            sock_filter instruction = program[i];
            if (instruction.code == JumpIfEqual)
                program[i] = new(JumpIfEqual, Jump(instruction.jt, i), Jump(instruction.jf, i), instruction.k);
        }
        return at;

        byte Jump(byte to, int from) => to == ToRejection ? (byte)(rejection - from - 1) : to;
    }

    // Ethernet and IPv4, addresses of 6 and 4 bytes.
    private static int WriteArp(Span<sock_filter> program, int at)
    {
        program[at++] = new(LoadWord, 0, 0, 0);
        program[at++] = new(JumpIfEqual, 0, ToRejection, 0x0001_0800);
        program[at++] = new(LoadHalf, 0, 0, 4);
        program[at++] = new(JumpIfEqual, 0, ToRejection, 0x0604);
        return at;
    }

    private static int WriteDiscovery(Span<sock_filter> program, int at)
    {
        const int SourceWords = IpAddress.IPv6Length / WordLength;
        program[at++] = new(LoadOctet, 0, 0, NextHeaderOffset);
        program[at++] = new(JumpIfEqual, 0, ToRejection, IcmpV6);
        program[at++] = new(LoadOctet, 0, 0, TypeOffset);
        program[at++] = new(JumpIfEqual, 1 + 2 * SourceWords, 0, Advertisement);
        program[at++] = new(JumpIfEqual, 0, ToRejection, Solicitation);
        for (uint word = 0; word < SourceWords; word++)
        {
            program[at++] = new(LoadWord, 0, 0, SourceOffset + word * WordLength);
            program[at++] = new(JumpIfEqual, 0, ToRejection, 0);
        }
        return at;
    }

    private static int WriteAddresses(Span<sock_filter> program, int at, uint offset, ReadOnlySpan<IpAddress> addresses)
    {
        Span<byte> first = stackalloc byte[IpAddress.IPv6Length];
        Span<byte> other = stackalloc byte[IpAddress.IPv6Length];
        Span<byte> same = stackalloc byte[IpAddress.IPv6Length];
        int length = addresses[0].Family == AddressFamily.IPv4 ? IpAddress.IPv4Length : IpAddress.IPv6Length;
        Span<ulong> ends = stackalloc ulong[OctetFilter.SetWords];
        ends.Clear();
        addresses[0].CopyTo(first);
        same.Fill(byte.MaxValue);
        foreach (IpAddress address in addresses)
        {
            Invariant.Require(address.Family == addresses[0].Family, "a socket is for one family");
            address.CopyTo(other);
            for (int i = 0; i < length; i++)
                same[i] &= (byte)~(first[i] ^ other[i]);
            ends[other[length - 1] / 64] |= 1ul << (other[length - 1] % 64);
        }
        for (int word = 0; word < length; word += WordLength)
        {
            uint mask = BinaryPrimitives.ReadUInt32BigEndian(same[word..]);
            if (mask == 0)
                continue;
            program[at++] = new(LoadWord, 0, 0, offset + (uint)word);
            program[at++] = new(And, 0, 0, mask);
            program[at++] = new(JumpIfEqual, 0, ToRejection, BinaryPrimitives.ReadUInt32BigEndian(first[word..]) & mask);
        }
        program[at++] = new(LoadOctet, 0, 0, offset + (uint)length - 1);
        return OctetFilter.WriteSet(program, at, ends);
    }
}
