namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>Puts crafted adverts on the segment, from the watching host's interface.</summary>
public sealed class VrrpSender : IDisposable
{
    private readonly PacketSocket _socket;
    private readonly byte[] _mac;

    internal VrrpSender(Router host)
    {
        _socket = new PacketSocket(host.Namespace, "eth0");
        _mac = Convert.FromHexString(host.Mac.Replace(":", ""));
    }

    public void Send(CraftedAdvert advert) => _socket.Send(advert.ToFrame(_mac));

    /// <summary>Sends what was captured once more, as somebody would who has recorded it.</summary>
    public void Replay(Advert captured)
    {
        byte[] frame = [.. captured.Frame];
        _mac.CopyTo(frame, 6);
        _socket.Send(frame);
    }

    /// <summary>Sends the same advert a number of times, evenly spaced.</summary>
    public void Repeat(CraftedAdvert advert, int times, TimeSpan spacing)
    {
        byte[] frame = advert.ToFrame(_mac);
        for (int i = 0; i < times; i++)
        {
            _socket.Send(frame);
            Thread.Sleep(spacing);
        }
    }

    public void Dispose() => _socket.Dispose();
}
