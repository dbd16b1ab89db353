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
    public static Errno Set(int descriptor, int level, int option, int value) => SetStructure(descriptor, level, option, value);

    public static Errno SetStructure<T>(int descriptor, int level, int option, in T value) where T : unmanaged
    {
        fixed (T* pointer = &value)
            return setsockopt(descriptor, level, option, pointer, (uint)sizeof(T)) == 0 ? Errno.None : Libc.LastErrno;
    }

    /// <summary>As <see cref="Set"/>, for an option that older kernels lack and that can be done without.</summary>
    public static Errno SetIfKnown(int descriptor, int level, int option, int value)
    {
        Errno error = Set(descriptor, level, option, value);
        return error == Errno.ENOPROTOOPT ? Errno.None : error;
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
    public static Errno SetReceiveBuffer(int descriptor, int bytes)
        => Set(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, bytes) == Errno.None ? Errno.None : Set(descriptor, SOL_SOCKET, SO_RCVBUF, bytes);

    /// <summary>Ties a socket to an interface, by index: a rename cannot come in between. By name before Linux 5.1.</summary>
    public static SyscallFailure BindToDevice(int descriptor, int interfaceIndex)
    {
        byte* name = stackalloc byte[KernelName.Size];
        // The kernel ties a socket to an index that no interface has without a word.
        if (Libc.if_indextoname((uint)interfaceIndex, name) == null)
            return new SyscallFailure("if_indextoname", Libc.LastErrno == Errno.ENXIO ? Errno.ENODEV : Libc.LastErrno);
        Errno error = Set(descriptor, SOL_SOCKET, Libc.SO_BINDTOIFINDEX, interfaceIndex);
        return error == Errno.ENOPROTOOPT
            ? BindToDevice(descriptor, name)
            : new SyscallFailure("setsockopt(SO_BINDTOIFINDEX)", error);
    }

    /// <param name="name"><see cref="KernelName.Size"/> bytes, NUL padded.</param>
    internal static SyscallFailure BindToDevice(int descriptor, byte* name)
        => setsockopt(descriptor, SOL_SOCKET, SO_BINDTODEVICE, name, KernelName.Size) == 0
            ? default
            : SyscallFailure.Last("setsockopt(SO_BINDTODEVICE)");

    /// <summary>Attaches a classic BPF program: what it returns 0 for is dropped before it costs a wake-up.</summary>
    public static SyscallFailure AttachFilter(int descriptor, ReadOnlySpan<sock_filter> program)
    {
        Invariant.Require(program.Length is > 0 and <= ushort.MaxValue, "a filter has instructions");
        fixed (sock_filter* instructions = program)
        {
            sock_fprog filter = new() { len = (ushort)program.Length, filter = instructions };
            Errno error = SetStructure(descriptor, SOL_SOCKET, SO_ATTACH_FILTER, filter);
            return new SyscallFailure("setsockopt(SO_ATTACH_FILTER)", error);
        }
    }

    /// <summary>A pointer into an array on the pinned heap, which outlives every use as long as its owner does.</summary>
    public static T* PointerTo<T>(T[] pinned) where T : unmanaged
        => (T*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));
}
