using KeepalivedAot.Linux.Sockets;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Sockets;

/// <summary>Reads the frames that come in on an interface. Make it in the interface's namespace.</summary>
internal sealed unsafe class FrameCatcher : IDisposable
{
    private const ushort AllProtocolsNetworkOrder = 0x0300;

    private readonly int _descriptor;

    public FrameCatcher(int interfaceIndex)
    {
        _descriptor = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
        sockaddr_ll address = new() { sll_family = (ushort)AF_PACKET, sll_protocol = AllProtocolsNetworkOrder, sll_ifindex = interfaceIndex };
        Assert.Equal(0, bind(_descriptor, (sockaddr*)&address, (uint)sizeof(sockaddr_ll)));
        Assert.True(SocketOptions.SetReceiveBuffer(_descriptor, 8 << 20).Succeeded);
    }

    /// <summary>The next frame that is wanted; fails after five seconds.</summary>
    public byte[] Await(Func<byte[], bool> isWanted)
    {
        byte[] buffer = new byte[20_000];
        for (int i = 0; i < 500;)
        {
            long length;
            fixed (byte* pointer = buffer)
                length = recv(_descriptor, pointer, (size_t)buffer.Length, 0);
            if (length < 0)
            {
                Thread.Sleep(10);
                i++;
            }
            else if (isWanted(buffer[..(int)length]))
            {
                return buffer[..(int)length];
            }
        }
        Assert.Fail("the frame did not come");
        return [];
    }

    public void Dispose() => close(_descriptor);
}
