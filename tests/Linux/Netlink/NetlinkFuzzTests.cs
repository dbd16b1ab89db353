using KeepalivedAot.Base;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;
using KeepalivedAot.Tests.Linux.Namespaces;

namespace KeepalivedAot.Tests.Linux.Netlink;

/// <summary>
/// Bytes that the kernel sent, damaged in a hundred thousand ways: nothing throws, nothing is read beyond the end.
/// </summary>
public sealed class NetlinkFuzzTests
{
    private const int Mutations = 100_000;

    [Theory]
    [InlineData(1UL)]
    [InlineData(0xC0FFEEUL)]
    public void Damaged_messages_are_reported_and_never_thrown(ulong seed)
    {
        using NetworkNamespace router = new();
        router.Ip("link add lan type veth peer name far");
        router.Ip("link add link lan name vrrp.51 type macvlan mode private");
        router.Ip("address add 10.9.0.1/24 brd + dev lan");
        router.Ip("address add fd09::1/64 dev lan nodad");
        List<byte[]> corpus = router.Run(() => (List<byte[]>)[.. Dump(Libc.RTM_GETLINK, 16), .. Dump(Libc.RTM_GETADDR, 8)]);
        corpus.Add(NetlinkCodecTests.Answer(-17, isCapped: true, requestPayload: 24));
        corpus.Add(NetlinkCodecTests.Answer(-17, isCapped: false, requestPayload: 24));
        Assert.True(corpus.Count >= 6);

        CountingObserver observer = new();
        using RtnetlinkMonitor monitor = router.Run(() =>
        {
            RtnetlinkMonitor.Open(observer, out RtnetlinkMonitor? opened);
            return opened!;
        });
        foreach (byte[] datagram in corpus)
            monitor.Process(datagram);
        Assert.Equal((0, true), (observer.Faults, observer.Reports >= 8));

        Prng random = new(seed);
        for (int i = 0; i < Mutations; i++)
        {
            byte[] damaged = Damage(corpus[random.Next(corpus.Count)], random);
            monitor.Process(damaged);
            NetlinkAnswer.TryParse(damaged, out _, out _, out _);
        }
        // Both outcomes must be frequent, or the damage is too small or too great to prove anything.
        Assert.InRange(observer.Faults, Mutations / 20, Mutations);
        Assert.InRange(observer.Reports, Mutations / 20, int.MaxValue);
    }

    private static byte[] Damage(byte[] original, Prng random)
    {
        byte[] bytes = random.Next(4) == 0 ? original[..random.Next(original.Length + 1)] : [.. original];
        for (int hits = random.Next(4); hits > 0 && bytes.Length > 0; hits--)
        {
            int at = random.Next(bytes.Length);
            // Lengths stand at multiples of four: hit those more often, with values that are likely to hurt.
            if (random.Next(2) == 0)
                at &= ~3;
            bytes[at] = random.Next(3) switch
            {
                0 => (byte)random.Next(256),
                1 => (byte)(bytes[at] + random.Next(9) - 4),
                _ => (byte)(random.Next(2) == 0 ? 0 : 255),
            };
        }
        return bytes;
    }

    private static IEnumerable<byte[]> Dump(ushort type, int fixedLength)
    {
        Assert.True(NetlinkSocket.Open(0, 1 << 20, out int descriptor).Succeeded);
        byte[] request = new byte[64];
        NetlinkMessageWriter writer = new(request, type, Libc.NLM_F_REQUEST | Libc.NLM_F_DUMP, 1);
        for (int i = 0; i < fixedLength; i += sizeof(uint))
            writer.Append(0u);
        Assert.True(writer.TryFinish(out int length));
        Assert.Equal(Errno.None, NetlinkSocket.Send(descriptor, request.AsSpan(0, length)));
        List<byte[]> datagrams = [];
        byte[] buffer = new byte[8192];
        while (NetlinkSocket.Receive(descriptor, buffer, out int received, out _) == Errno.None)
            datagrams.Add(buffer[..received]);
        Tmds.Linux.LibC.close(descriptor);
        // One message a datagram as well: damage to the first one would hide the others.
        foreach (byte[] datagram in datagrams.ToArray())
        {
            for (int at = 0; at < datagram.Length; at += NetlinkMessageWriter.Align(BitConverter.ToInt32(datagram, at)))
                datagrams.Add(datagram[at..(at + BitConverter.ToInt32(datagram, at))]);
        }
        return datagrams;
    }

    private sealed class CountingObserver : ILinkObserver
    {
        public int Reports { get; private set; }

        public int Faults { get; private set; }

        public void OnLink(in LinkInfo link) => Reports++;

        public void OnLinkGone(int interfaceIndex, KernelName name) => Reports++;

        public void OnAddress(in InterfaceAddress address)
        {
            Assert.True(address.Address.Family is AddressFamily.IPv4 or AddressFamily.IPv6);
            Reports++;
        }

        public void OnAddressGone(in InterfaceAddress address) => Reports++;

        public void OnLost(Errno why)
        {
        }

        public void OnSnapshotBegin(int interfaceIndex)
        {
        }

        public void OnSnapshotEnd(int interfaceIndex, Errno error)
        {
        }

        public void OnMalformed(NetlinkFault fault) => Faults++;
    }
}
