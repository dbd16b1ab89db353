using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Tests.Linux.Sockets;

internal sealed record SeenDatagram(byte[] Bytes, IpAddress Source, IpAddress Destination, int HopLimit, int InterfaceIndex, bool IsTruncated);

internal sealed class DatagramRecorder : IDatagramObserver
{
    public List<SeenDatagram> Seen { get; } = [];

    public List<Errno> Errors { get; } = [];

    public void OnDatagram(in ReceivedDatagram datagram) => Seen.Add(new SeenDatagram(
        datagram.Bytes.ToArray(), datagram.Source, datagram.Destination, datagram.HopLimit, datagram.InterfaceIndex, datagram.IsTruncated));

    public void OnReceiveError(Errno error) => Errors.Add(error);
}

internal sealed class SendRecorder : ISendResults
{
    public List<(int Tag, Errno Error)> Sent { get; } = [];

    public void OnSent(int tag, Errno error) => Sent.Add((tag, error));
}
