using System.Buffers.Binary;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Linux.Process;

/// <summary>The classic BPF program that keeps events of threads, and kinds that nobody reads, from waking us.</summary>
/// <remarks>A host that starts thousands of threads a second must not cost a wake-up each.</remarks>
internal static class ProcessEventFilter
{
    // linux/bpf_common.h
    private const ushort LoadWord = 0x20;
    private const ushort JumpIfEqual = 0x15;
    private const ushort JumpIfEqualX = 0x1D;
    private const ushort CopyToX = 0x07;
    private const ushort Return = 0x06;

    private const uint What = Libc.ConnectorHeaderLength;
    private const uint First = What + 16;
    private const uint Second = First + 4;
    private const uint Third = First + 8;
    private const uint Fourth = First + 12;

    // Jumps count from the next instruction.
    public static sock_filter[] Program { get; } =
    [
        /* 0 */ new(LoadWord, 0, 0, What),
        /* 1 */ new(JumpIfEqual, 12, 0, InMessage(Libc.PROC_EVENT_NONE)),
        /* 2 */ new(JumpIfEqual, 3, 0, InMessage(Libc.PROC_EVENT_FORK)),
        /* 3 */ new(JumpIfEqual, 6, 0, InMessage(Libc.PROC_EVENT_EXEC)),
        /* 4 */ new(JumpIfEqual, 5, 0, InMessage(Libc.PROC_EVENT_COMM)),
        /* 5 */ new(JumpIfEqual, 4, 9, InMessage(Libc.PROC_EVENT_EXIT)),

        // Fork: child_pid is child_tgid, or it is a thread.
        /* 6 */ new(LoadWord, 0, 0, Third),
        /* 7 */ new(CopyToX, 0, 0, 0),
        /* 8 */ new(LoadWord, 0, 0, Fourth),
        /* 9 */ new(JumpIfEqualX, 4, 5, 0),

        // The others: process_pid is process_tgid.
        /* 10 */ new(LoadWord, 0, 0, First),
        /* 11 */ new(CopyToX, 0, 0, 0),
        /* 12 */ new(LoadWord, 0, 0, Second),
        /* 13 */ new(JumpIfEqualX, 0, 1, 0),

        /* 14 */ new(Return, 0, 0, uint.MaxValue),
        /* 15 */ new(Return, 0, 0, 0),
    ];

    // A load gives the bytes in network order; the message has them in the machine's.
    private static uint InMessage(uint value) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(value) : value;
}
