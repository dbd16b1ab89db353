using System.Buffers.Binary;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>
/// A classic BPF program over rtnetlink's notifications: lets in what is about some links, by their indices, and links that get one of some
/// names. Answers to requests of ours pass, too.
/// </summary>
/// <remarks>
/// Addresses have an index only. A link with a new index is let in for its name; what is said of its addresses before the program knows
/// that index is lost, and has to be asked for.
/// </remarks>
public sealed class LinkFilter
{
    // linux/filter.h, linux/bpf_common.h
    private const ushort LoadWord = 0x20;            // BPF_LD | BPF_W | BPF_ABS
    private const ushort LoadHalf = 0x28;            // BPF_LD | BPF_H | BPF_ABS
    private const ushort LoadOctet = 0x30;           // BPF_LD | BPF_B | BPF_ABS
    private const ushort LoadWordBehindX = 0x40;     // BPF_LD | BPF_W | BPF_IND
    private const ushort LoadHalfBehindX = 0x48;     // BPF_LD | BPF_H | BPF_IND
    private const ushort LoadOctetBehindX = 0x50;    // BPF_LD | BPF_B | BPF_IND
    private const ushort LoadConstant = 0x00;        // BPF_LD | BPF_IMM
    private const ushort LoadConstantIntoX = 0x01;   // BPF_LDX | BPF_IMM
    private const ushort CopyToX = 0x07;             // BPF_MISC | BPF_TAX
    private const ushort Jump = 0x05;                // BPF_JMP | BPF_JA
    private const ushort JumpIfEqual = 0x15;         // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort JumpIfSet = 0x45;           // BPF_JMP | BPF_JSET | BPF_K
    private const ushort Return = 0x06;              // BPF_RET | BPF_K
    private const uint FindAttribute = 0xFFFFF00C;   // SKF_AD_OFF + SKF_AD_NLATTR: from A on, of the type in X

    private const uint TypeOffset = 4;               // nlmsghdr
    private const uint FlagsOffset = 6;
    private const uint PortOffset = 12;
    private const uint FamilyOffset = 16;            // ifinfomsg, ifaddrmsg
    private const uint IndexOffset = 20;
    private const uint LinkAttributesOffset = 32;
    private const int AttributeHeaderLength = 4;

    private const uint Everything = uint.MaxValue;

    // A conditional jump goes over 255 instructions at most.
    private const int IndicesInARow = 250;

    /// <summary>BPF_MAXINSNS.</summary>
    public const int MostInstructions = 4096;

    private readonly List<sock_filter> _program = [];
    private readonly List<uint> _indices = [];
    private readonly List<KernelName> _names = [];

    /// <summary>This link, now and under another name; and whichever has this name.</summary>
    /// <param name="index">0 while there is none.</param>
    public void Add(int index, KernelName name)
    {
        if (index != 0)
            _indices.Add((uint)index);
        _names.Add(name);
    }

    public void Clear()
    {
        _indices.Clear();
        _names.Clear();
    }

    /// <param name="ownPort">Of the socket: answers carry it.</param>
    /// <returns>The program, which may be longer than the kernel takes.</returns>
    public IReadOnlyList<sock_filter> Make(uint ownPort)
    {
        _program.Clear();
        // Answers, and entries of a table that is read.
        Add(LoadWord, PortOffset);
        LetInIfEqual(AsLoaded(ownPort));
        Add(LoadHalf, FlagsOffset);
        _program.Add(new(JumpIfSet, 0, 1, AsLoaded((ushort)Libc.NLM_F_MULTI)));
        Add(Return, Everything);

        Add(LoadHalf, TypeOffset);
        _program.Add(new(JumpIfEqual, 4, 0, AsLoaded(Libc.RTM_NEWADDR)));
        _program.Add(new(JumpIfEqual, 3, 0, AsLoaded(Libc.RTM_DELADDR)));
        _program.Add(new(JumpIfEqual, 3, 0, AsLoaded(Libc.RTM_NEWLINK)));
        _program.Add(new(JumpIfEqual, 2, 0, AsLoaded(Libc.RTM_DELLINK)));
        Add(Return, Everything);
        _program.Add(new(Jump, 0, 0, 3));
        // The same types tell of ports of bridges.
        Add(LoadOctet, FamilyOffset);
        _program.Add(new(JumpIfEqual, 1, 0, LinkMessage.AF_UNSPEC));
        Add(Return, 0);

        Add(LoadWord, IndexOffset);
        LetInIndices();
        Add(LoadHalf, TypeOffset);
        _program.Add(new(JumpIfEqual, 1, 0, AsLoaded(Libc.RTM_NEWLINK)));
        Add(Return, 0);
        LetInNames();
        Add(Return, 0);
        return _program;
    }

    private void LetInIndices()
    {
        for (int done = 0; done < _indices.Count; done += IndicesInARow)
        {
            int row = Math.Min(IndicesInARow, _indices.Count - done);
            for (int i = 0; i < row; i++)
                _program.Add(new(JumpIfEqual, (byte)(row - i), 0, AsLoaded(_indices[done + i])));
            _program.Add(new(Jump, 0, 0, 1));
            Add(Return, Everything);
        }
    }

    private void LetInNames()
    {
        Add(LoadConstant, LinkAttributesOffset);
        Add(LoadConstantIntoX, Libc.IFLA_IFNAME);
        Add(LoadWord, FindAttribute);
        // Without a name, which no kernel does: somebody else shall say that it makes no sense.
        LetInIfEqual(0);
        Add(CopyToX, 0);
        Span<byte> bytes = stackalloc byte[KernelName.Size];
        foreach (KernelName name in _names)
        {
            name.CopyTo(bytes);
            // The NUL is part of the attribute.
            LetInIfAttributeIs(bytes[..(name.Length + 1)]);
        }
    }

    private void LetInIfAttributeIs(ReadOnlySpan<byte> value)
    {
        int words = value.Length / 4;
        int rest = value.Length % 4;
        int left = 2 * (words + rest) + 1;
        Add(LoadHalfBehindX, 0);
        SkipUnless(AsLoaded((ushort)(AttributeHeaderLength + value.Length)));
        for (int at = 0; at < value.Length; at += at / 4 < words ? 4 : 1)
        {
            bool isWord = at / 4 < words;
            Add(isWord ? LoadWordBehindX : LoadOctetBehindX, (uint)(AttributeHeaderLength + at));
            SkipUnless(isWord ? BinaryPrimitives.ReadUInt32BigEndian(value[at..]) : value[at]);
        }
        Add(Return, Everything);

        void SkipUnless(uint expected)
        {
            _program.Add(new(JumpIfEqual, 0, (byte)left, expected));
            left -= 2;
        }
    }

    private void LetInIfEqual(uint value)
    {
        _program.Add(new(JumpIfEqual, 0, 1, value));
        Add(Return, Everything);
    }

    private void Add(ushort code, uint operand) => _program.Add(new(code, 0, 0, operand));

    // The program loads numbers in network order; netlink has them in the host's.
    private static uint AsLoaded(ushort value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;

    private static uint AsLoaded(uint value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
