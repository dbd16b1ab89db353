using System.Net;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>Listens to one interface and keeps every advertisement and announcement that arrives there, or passes it.</summary>
/// <remarks>The laboratory's bridge floods, so the observing host sees unicast adverts of the routers too.</remarks>
public sealed class Observer : IDisposable
{
    private readonly PacketSocket _socket;
    private readonly Thread _thread;
    private readonly bool _bothDirections;
    private volatile bool _closing;

    /// <param name="networkNamespace">Where to listen.</param>
    /// <param name="interfaceName">On which interface.</param>
    /// <param name="context">What to add to the message when a wait fails.</param>
    /// <param name="bothDirections">Also what this host itself sends.</param>
    public Observer(string networkNamespace, string interfaceName, Func<string> context, bool bothDirections = false)
    {
        _bothDirections = bothDirections;
        Adverts = new Recording<Advert>(context);
        Announcements = new Recording<Announcement>(context);
        _socket = new PacketSocket(networkNamespace, interfaceName);
        _thread = new Thread(Listen) { IsBackground = true, Name = $"observer {networkNamespace}" };
        _thread.Start();
    }

    public Recording<Advert> Adverts { get; }

    public Recording<Announcement> Announcements { get; }

    /// <summary>Waits for an advert of this sender, at or after <paramref name="from"/>.</summary>
    public Advert WaitForAdvert(IPAddress source, TimeSpan timeout, int from = 0)
        => Adverts.WaitFor($"an advert from {source}", advert => advert.Source.Equals(source), timeout, from);

    /// <summary>The last advert with a priority above zero that this sender sent before <paramref name="before"/>.</summary>
    public Advert LastAdvert(IPAddress source, TimeSpan before)
        => Adverts.Snapshot().Last(advert => advert.Source.Equals(source) && advert.Priority > 0 && advert.At < before);

    private void Listen()
    {
        byte[] buffer = new byte[65536];
        while (!_closing)
        {
            int length = _socket.Receive(buffer, out TimeSpan at, out bool outgoing);
            if (length == 0 || (outgoing && !_bothDirections))
                continue;
            ReadOnlySpan<byte> frame = buffer.AsSpan(0, length);
            if (FrameDecoder.ReadAdvert(frame, at) is { } advert)
                Adverts.Add(advert);
            else if (FrameDecoder.ReadAnnouncement(frame, at) is { } announcement)
                Announcements.Add(announcement);
        }
    }

    public void Dispose()
    {
        _closing = true;
        _thread.Join();
        _socket.Dispose();
    }
}
