using KeepalivedAot.Linux.Capture;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>From frames of a capture file to reports of the VRRP in them.</summary>
internal sealed class CaptureDecoder(Stream input, VrrpJudge judge)
{
    private readonly CaptureReader _reader = new(input);

    /// <summary>Frames of any kind.</summary>
    public long FrameCount { get; private set; }

    /// <summary>Of those VRRP.</summary>
    public long PacketCount { get; private set; }

    public long AcceptedCount { get; private set; }

    /// <summary>Why there is nothing more; None at the end of a whole file.</summary>
    public CaptureResult End { get; private set; }

    /// <inheritdoc cref="CaptureReader.Problem"/>
    public string Problem => _reader.Problem;

    /// <returns>Null at the end.</returns>
    public PacketReport? Next()
    {
        while ((End = _reader.Next(out CapturedFrame frame)) == CaptureResult.Frame)
        {
            FrameCount++;
            if (!LinkLayer.TryFindPacket(frame.Link, frame.Bytes, out ReadOnlySpan<byte> bytes, out int vlan) || !ProtocolPacket.TryFind(bytes, out ProtocolPacket packet))
                continue;
            PacketCount++;
            PacketReport report = Report(frame, vlan, packet);
            if (report.IsAccepted)
                AcceptedCount++;
            return report;
        }
        return null;
    }

    private PacketReport Report(scoped CapturedFrame frame, int vlan, scoped ProtocolPacket packet)
    {
        string? notJudged = packet.IsFragment ? "it is a part of a packet; VRRP is never sent in parts"
            : packet.HasHeaderOverIPv6 ? "it has an Authentication Header over IPv6, which nobody speaks"
            : packet.IsCut && frame.IsCut ? "its end was not recorded (tcpdump -s 0 records all)"
            : packet.IsCut ? "it is shorter than its IP header says, so the kernel drops it"
            : null;
        if (!VrrpAnatomy.TryRead(packet.Datagram.Bytes, packet.Family, out VrrpAnatomy anatomy) || packet.IsFragment)
        {
            return new PacketReport
            {
                Frame = frame.Number, Time = frame.Time, Vlan = vlan, Source = packet.Datagram.Source, Destination = packet.Datagram.Destination,
                Judgement = default, NotJudged = notJudged ?? "it is too short to be VRRP",
            };
        }
        return new PacketReport
        {
            Frame = frame.Number,
            Time = frame.Time,
            Vlan = vlan,
            Source = packet.Datagram.Source,
            Destination = packet.Datagram.Destination,
            Seen = Sighting.Of(packet.Datagram, anatomy, packet.Family),
            Judgement = notJudged is null ? judge.Judge(packet.Datagram, anatomy, packet.Family, frame.Time) : default,
            NotJudged = notJudged,
        };
    }
}
