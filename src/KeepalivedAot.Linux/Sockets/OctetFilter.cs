using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>
/// A classic BPF program that lets a datagram in when one of its octets is in a set: what is not for us is dropped by the kernel,
/// before it is queued and wakes anybody up.
/// </summary>
/// <remarks>The octet picks one of eight words by its upper three bits, and a bit of that word by its lower five.</remarks>
public static class OctetFilter
{
    /// <summary>A set of octets: bit n of word n / 64 stands for n.</summary>
    public const int SetWords = 4;

    /// <summary>Instructions of a program, at most.</summary>
    public const int MostInstructions = 42;

    // linux/filter.h, linux/bpf_common.h
    private const ushort LoadHeaderLength = 0xB1; // BPF_LDX | BPF_B | BPF_MSH: X = 4 * (octet & 15)
    private const ushort LoadOctetBehindX = 0x50; // BPF_LD | BPF_B | BPF_IND
    private const ushort LoadOctet = 0x30;        // BPF_LD | BPF_B | BPF_ABS
    private const ushort LoadConstant = 0x00;     // BPF_LD | BPF_IMM
    private const ushort LoadMemory = 0x60;       // BPF_LD | BPF_MEM
    private const ushort Store = 0x02;            // BPF_ST
    private const ushort And = 0x54;              // BPF_ALU | BPF_AND | BPF_K
    private const ushort ShiftRight = 0x74;       // BPF_ALU | BPF_RSH | BPF_K
    private const ushort ShiftRightByX = 0x7C;    // BPF_ALU | BPF_RSH | BPF_X
    private const ushort Add = 0x04;              // BPF_ALU | BPF_ADD | BPF_K
    private const ushort CopyToX = 0x07;          // BPF_MISC | BPF_TAX
    private const ushort CopyFromX = 0x87;        // BPF_MISC | BPF_TXA
    private const ushort Jump = 0x05;             // BPF_JMP | BPF_JA
    private const ushort JumpIfEqual = 0x15;      // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort Return = 0x06;           // BPF_RET | BPF_K

    private const int ProtocolOffset = 9;
    private const int Words = 8;
    private const uint WholeDatagram = 0x40000;

    /// <param name="program">At least <see cref="MostInstructions"/>.</param>
    /// <param name="set"><see cref="SetWords"/> words.</param>
    /// <param name="offset">Of the octet, in bytes, behind the IP header.</param>
    /// <param name="seesIPv4Header">An IPv4 header of variable length stands in front; raw IPv6 sockets see none.</param>
    /// <param name="between">A header to be skipped, too, where the IPv4 header says that it follows.</param>
    /// <returns>How many instructions it has.</returns>
    public static int Write(
        Span<sock_filter> program, ReadOnlySpan<ulong> set, int offset, bool seesIPv4Header, (byte Protocol, int Length)? between = null)
    {
        Invariant.Require(set.Length == SetWords, "a set of octets has 256 bits");
        int at = 0;
        if (seesIPv4Header)
        {
            program[at++] = new(LoadHeaderLength, 0, 0, 0);
            if (between is (byte protocol, int length))
            {
                program[at++] = new(LoadOctet, 0, 0, ProtocolOffset);
                program[at++] = new(JumpIfEqual, 0, 3, protocol);
                program[at++] = new(CopyFromX, 0, 0, 0);
                program[at++] = new(Add, 0, 0, (uint)length);
                program[at++] = new(CopyToX, 0, 0, 0);
            }
            program[at++] = new(LoadOctetBehindX, 0, 0, (uint)offset);
        }
        else
        {
            program[at++] = new(LoadOctet, 0, 0, (uint)offset);
        }
        return WriteSet(program, at, set);
    }

    /// <summary>The end of a program: lets the packet in when the octet that was loaded last is in the set. The last instruction drops it.</summary>
    /// <returns>The length of the program.</returns>
    internal static int WriteSet(Span<sock_filter> program, int at, ReadOnlySpan<ulong> set)
    {
        program[at++] = new(Store, 0, 0, 0);
        program[at++] = new(And, 0, 0, 31);
        program[at++] = new(CopyToX, 0, 0, 0);
        program[at++] = new(LoadMemory, 0, 0, 0);
        program[at++] = new(ShiftRight, 0, 0, 5);
        int loads = at + Words + 1;
        int end = loads + 2 * Words;
        for (int word = 0; word < Words; word++, at++)
            program[at] = new(JumpIfEqual, (byte)(loads + 2 * word - at - 1), 0, (uint)word);
        program[at++] = new(Return, 0, 0, 0);
        for (int word = 0; word < Words; word++)
        {
            program[at++] = new(LoadConstant, 0, 0, (uint)(set[word / 2] >> (32 * (word % 2))));
            program[at] = new(Jump, 0, 0, (uint)(end - at - 1));
            at++;
        }
        program[at++] = new(ShiftRightByX, 0, 0, 0);
        program[at++] = new(And, 0, 0, 1);
        program[at++] = new(JumpIfEqual, 1, 0, 0);
        program[at++] = new(Return, 0, 0, WholeDatagram);
        program[at++] = new(Return, 0, 0, 0);
        return at;
    }
}
