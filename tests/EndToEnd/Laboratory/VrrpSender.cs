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

    /// <summary>Sends any frame.</summary>
    public void Send(ReadOnlySpan<byte> frame) => _socket.Send(frame);

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

    /// <summary>Sends these adverts in turn, so many a second, or as many as the machine lets it.</summary>
    /// <returns>How many were sent.</returns>
    public long Flood(IReadOnlyList<CraftedAdvert> adverts, int perSecond, TimeSpan duration)
    {
        byte[][] frames = [.. adverts.Select(advert => advert.ToFrame(_mac))];
        TimeSpan start = MonotonicClock.Now;
        long sent = 0;
        for (TimeSpan elapsed = TimeSpan.Zero; elapsed < duration; elapsed = MonotonicClock.Now - start)
        {
            for (long due = (long)(elapsed.TotalSeconds * perSecond); sent < due; sent++)
                _socket.Send(frames[sent % frames.Length]);
            Thread.Sleep(1);
        }
        return sent;
    }

    public void Dispose() => _socket.Dispose();
}
