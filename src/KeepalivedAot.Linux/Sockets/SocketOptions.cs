using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>setsockopt(2) with types.</summary>
internal static unsafe class SocketOptions
{
    /// <param name="call">How a failure names the call.</param>
    public static OsError Set(int descriptor, int level, int option, int value, string call)
        => SetStructure(descriptor, level, option, value, call);

    public static OsError SetStructure<T>(int descriptor, int level, int option, in T value, string call) where T : unmanaged
    {
        fixed (T* pointer = &value)
            return setsockopt(descriptor, level, option, pointer, (uint)sizeof(T)) == 0 ? default : OsError.Last(call);
    }

    /// <summary>As <see cref="Set"/>, for an option that older kernels lack and that can be done without.</summary>
    public static OsError SetIfKnown(int descriptor, int level, int option, int value, string call)
    {
        OsError failure = Set(descriptor, level, option, value, call);
        return failure.Errno == Errno.ENOPROTOOPT ? default : failure;
    }

    public static Errno Get(int descriptor, int level, int option, out int value)
    {
        int result = 0;
        socklen_t length = sizeof(int);
        Errno error = getsockopt(descriptor, level, option, &result, &length) == 0 ? Errno.None : Libc.LastErrno;
        value = result;
        return error;
    }

    /// <summary>SO_RCVBUF, beyond net.core.rmem_max where we may.</summary>
    public static OsError SetReceiveBuffer(int descriptor, int bytes)
        => Set(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, bytes, "setsockopt(SO_RCVBUFFORCE)").IsError
            ? Set(descriptor, SOL_SOCKET, SO_RCVBUF, bytes, "setsockopt(SO_RCVBUF)")
            : OsError.None;

    /// <summary>SO_RCVBUF, cut to net.core.rmem_max without a word unless it is forced.</summary>
    public static OsError SetReceiveBuffer(int descriptor, int bytes, bool forced)
        => forced
            ? Set(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, bytes, "setsockopt(SO_RCVBUFFORCE)")
            : Set(descriptor, SOL_SOCKET, SO_RCVBUF, bytes, "setsockopt(SO_RCVBUF)");

    /// <summary>Ties a socket to an interface, by index: a rename cannot come in between. By name before Linux 5.1.</summary>
    public static OsError BindToDevice(int descriptor, int interfaceIndex)
    {
        byte* name = stackalloc byte[KernelName.Size];
        // The kernel ties a socket to an index that no interface has without a word.
        if (Libc.if_indextoname((uint)interfaceIndex, name) == null)
            return new OsError("if_indextoname", null, Libc.LastErrno == Errno.ENXIO ? Errno.ENODEV : Libc.LastErrno);
        OsError failure = Set(descriptor, SOL_SOCKET, Libc.SO_BINDTOIFINDEX, interfaceIndex, "setsockopt(SO_BINDTOIFINDEX)");
        return failure.Errno == Errno.ENOPROTOOPT ? BindToDevice(descriptor, name) : failure;
    }

    /// <param name="name"><see cref="KernelName.Size"/> bytes, NUL padded.</param>
    internal static OsError BindToDevice(int descriptor, byte* name)
        => setsockopt(descriptor, SOL_SOCKET, SO_BINDTODEVICE, name, KernelName.Size) == 0
            ? default
            : OsError.Last("setsockopt(SO_BINDTODEVICE)");

    /// <summary>Attaches a classic BPF program: what it returns 0 for is dropped before it costs a wake-up.</summary>
    public static OsError AttachFilter(int descriptor, ReadOnlySpan<sock_filter> program)
    {
        Invariant.Require(program.Length is > 0 and <= ushort.MaxValue, "a filter has instructions");
        fixed (sock_filter* instructions = program)
        {
            sock_fprog filter = new() { len = (ushort)program.Length, filter = instructions };
            return SetStructure(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, filter, "setsockopt(SO_ATTACH_FILTER)");
        }
    }

    /// <summary>Everything comes through again.</summary>
    public static OsError DetachFilter(int descriptor) => Set(descriptor, SOL_SOCKET, SO_DETACH_FILTER, 0, "setsockopt(SO_DETACH_FILTER)");

    /// <summary>A pointer into an array on the pinned heap, which outlives every use as long as its owner does.</summary>
    public static T* PointerTo<T>(T[] pinned) where T : unmanaged
        => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
