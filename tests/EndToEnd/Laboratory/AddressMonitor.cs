using System.Net;
using System.Runtime.InteropServices;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>An address came to an interface of the namespace, or left it.</summary>
public sealed record AddressEvent(TimeSpan At, bool Added, IPAddress Address, int PrefixLength, int InterfaceIndex)
{
    public override string ToString() => $"{At.TotalSeconds:0.0000} {(Added ? "+" : "-")} {Address}/{PrefixLength}";
}

/// <summary>Follows the addresses of a namespace over rtnetlink, from the moment it is opened.</summary>
public sealed unsafe class AddressMonitor : IDisposable
{
    private const int RTMGRP_IPV4_IFADDR = 0x10;
    private const int RTMGRP_IPV6_IFADDR = 0x100;
    private const ushort RTM_NEWADDR = 20;
    private const ushort RTM_DELADDR = 21;
    private const ushort IFA_ADDRESS = 1;
    private const ushort IFA_LOCAL = 2;

    private readonly int _descriptor;
    private readonly Thread _thread;
    private volatile bool _closing;

    public AddressMonitor(string networkNamespace, Func<string> context)
    {
        Events = new Recording<AddressEvent>(context);
        _descriptor = NetworkNamespace.Run(networkNamespace, Open);
        _thread = new Thread(Listen) { IsBackground = true, Name = $"addresses {networkNamespace}" };
        _thread.Start();
    }

    public Recording<AddressEvent> Events { get; }

    public bool IsPresent(IPAddress address)
        => Events.Snapshot().LastOrDefault(change => change.Address.Equals(address))?.Added ?? false;

    /// <summary>Waits until the address is there, or not there; returns when it came or went.</summary>
    public TimeSpan WaitFor(IPAddress address, bool present, TimeSpan timeout)
    {
        // The state can only change with an event, so looking at the last event of the address is looking at the state.
        AddressEvent[] soFar = Events.Snapshot();
        AddressEvent? last = soFar.LastOrDefault(change => change.Address.Equals(address));
        if ((last?.Added ?? false) == present)
            return last?.At ?? TimeSpan.Zero;
        return Events.WaitFor(
            $"address {address} {(present ? "added" : "removed")}",
            change => change.Address.Equals(address) && change.Added == present, timeout, soFar.Length).At;
    }

    private static int Open()
    {
        int descriptor = Libc.Checked(Libc.Socket(Libc.AF_NETLINK, Libc.SOCK_RAW | Libc.SOCK_CLOEXEC, 0), "socket AF_NETLINK");
        long* timeout = stackalloc long[2] { 0, 100_000 };
        Libc.Checked(Libc.SetSocketOption(descriptor, Libc.SOL_SOCKET, Libc.SO_RCVTIMEO, timeout, 2 * sizeof(long)), "SO_RCVTIMEO");
        int size = 4 << 20;
        Libc.Checked(Libc.SetSocketOption(descriptor, Libc.SOL_SOCKET, Libc.SO_RCVBUFFORCE, &size, sizeof(int)), "SO_RCVBUFFORCE");
        Libc.SockaddrNl address = new() { Family = Libc.AF_NETLINK, Groups = RTMGRP_IPV4_IFADDR | RTMGRP_IPV6_IFADDR };
        Libc.Checked(Libc.Bind(descriptor, &address, (uint)sizeof(Libc.SockaddrNl)), "bind AF_NETLINK");
        return descriptor;
    }

    private void Listen()
    {
        byte[] buffer = new byte[65536];
        fixed (byte* data = buffer)
        {
            while (!_closing)
            {
                nint length = Libc.Receive(_descriptor, data, (nuint)buffer.Length, 0);
                if (length > 0)
                    Read(buffer.AsSpan(0, (int)length), MonotonicClock.Now);
            }
        }
    }

    // nlmsghdr: length (4), type (2), flags (2), sequence (4), port (4); then ifaddrmsg: family, prefix length, flags, scope, index (4).
    private void Read(ReadOnlySpan<byte> messages, TimeSpan at)
    {
        while (messages.Length >= 24)
        {
            int length = MemoryMarshal.Read<int>(messages);
            ushort type = MemoryMarshal.Read<ushort>(messages[4..]);
            if (length < 24 || length > messages.Length)
                return;
            if (type is RTM_NEWADDR or RTM_DELADDR && Address(messages[24..length]) is { } address)
                Events.Add(new AddressEvent(at, type == RTM_NEWADDR, address, messages[17], MemoryMarshal.Read<int>(messages[20..])));
            messages = messages[Math.Min(messages.Length, (length + 3) & ~3)..];
        }
    }

    private static IPAddress? Address(ReadOnlySpan<byte> attributes)
    {
        IPAddress? found = null;
        while (attributes.Length >= 4)
        {
            int length = MemoryMarshal.Read<ushort>(attributes);
            ushort type = MemoryMarshal.Read<ushort>(attributes[2..]);
            if (length < 4 || length > attributes.Length)
                break;
            // IFA_LOCAL is the interface's own address; IFA_ADDRESS differs from it only on point-to-point links.
            if (type == IFA_LOCAL || (type == IFA_ADDRESS && found is null))
                found = new IPAddress(attributes[4..length]);
            attributes = attributes[Math.Min(attributes.Length, (length + 3) & ~3)..];
        }
        return found;
    }

    public void Dispose()
    {
        _closing = true;
        _thread.Join();
        Libc.Close(_descriptor);
    }
}
