using System.Buffers.Binary;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>Hears from the kernel that others have changed something of nf_tables: one word for each of their transactions.</summary>
/// <remarks>
/// What was changed is told as well, object by object, many to a datagram; a filter in the kernel keeps that back, for it could be the
/// thousands of elements of somebody's set, and with it the word of our own transactions. So a transaction of others costs one
/// wake-up, whatever it holds. Allocates nothing after opening.
/// </remarks>
public sealed class RulesetMonitor : IDisposable
{
    private const int ReceiveBufferBytes = 1 << 16;

    // NFT_MSG_NEWGEN is far shorter, and its content does not matter.
    private const int BufferBytes = 128;

    // linux/filter.h, linux/bpf_common.h
    private const ushort LoadHalf = 0x28;    // BPF_LD | BPF_H | BPF_ABS
    private const ushort LoadWord = 0x20;    // BPF_LD | BPF_W | BPF_ABS
    private const ushort JumpIfEqual = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort Return = 0x06;      // BPF_RET | BPF_K

    private const uint TypeOffset = 4;       // nlmsghdr.nlmsg_type
    private const uint PortOffset = 12;      // nlmsghdr.nlmsg_pid
    private const uint Everything = uint.MaxValue;

    private readonly IRulesetObserver _observer;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes, pinned: true);

    private RulesetMonitor(int descriptor, IRulesetObserver observer)
    {
        Descriptor = descriptor;
        _observer = observer;
    }

    /// <summary>Readable when <see cref="Drain"/> has something to do.</summary>
    public int Descriptor { get; }

    /// <param name="own">Of its transactions nothing is told.</param>
    public static OsError Open(IRulesetObserver observer, NftablesCommands own, out RulesetMonitor? monitor)
    {
        monitor = null;
        OsError failure = NetlinkSocket.Open(1u << (int)(Libc.NFNLGRP_NFTABLES - 1), ReceiveBufferBytes, out int descriptor, Libc.NETLINK_NETFILTER);
        if (failure.IsError)
            return failure;
        failure = SocketOptions.AttachFilter(descriptor, MakeFilter(own.PortId));
        if (failure.IsError)
            close(descriptor);
        else
            monitor = new RulesetMonitor(descriptor, observer);
        return failure;
    }

    /// <summary>Takes what waits, and reports it as one change.</summary>
    /// <param name="budget">At most so many notifications.</param>
    /// <param name="taken">How many were taken.</param>
    /// <returns>False when the budget ended first.</returns>
    public bool Drain(int budget, out int taken)
    {
        bool isChanged = false;
        bool isEmpty = false;
        for (taken = 0; taken < budget && !isEmpty; taken++)
        {
            Errno error = NetlinkSocket.Receive(Descriptor, _buffer, out _, out bool isFromKernel);
            isEmpty = error == Errno.EAGAIN;
            isChanged |= !isEmpty && (isFromKernel || error != Errno.None);
        }
        if (isEmpty)
            taken--;
        if (isChanged)
            _observer.OnRulesetChanged();
        return isEmpty;
    }

    public void Dispose() => close(Descriptor);

    private static sock_filter[] MakeFilter(uint ownPort) =>
    [
        new(LoadHalf, 0, 0, TypeOffset),
        new(JumpIfEqual, 0, 3, AsLoaded((Libc.NFNL_SUBSYS_NFTABLES << 8) | Libc.NFT_MSG_NEWGEN)),
        new(LoadWord, 0, 0, PortOffset),
        new(JumpIfEqual, 1, 0, BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(ownPort) : ownPort),
        new(Return, 0, 0, Everything),
        new(Return, 0, 0, 0),
    ];

    // The filter loads numbers in network order; netlink has them in the host's.
    private static uint AsLoaded(int type) => BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness((ushort)type) : (uint)type;
}
