using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>Gathers who speaks VRRP. Takes bounded memory however many pretend to.</summary>
internal sealed class VrrpSpotter : IPacketObserver
{
    private const int MostSpeakers = 2000;
    private const int MostVrids = 255;

    // Who takes over may be answered once by the one before, and goes on: that is two returns. More are no election.
    private const int ReturnsOfTwoMasters = 4;

    private readonly record struct RouterKey(AddressFamily Family, byte Vrid);

    private readonly record struct SpeakerKey(AddressFamily Family, byte Vrid, int Version, IpAddress Source);

    private sealed class Turns
    {
        public Speaker? Last { get; set; }

        public int Returns { get; set; }

        public HashSet<Speaker> Masters { get; } = [];
    }

    private readonly VrrpJudge _judge = new();
    private readonly Dictionary<SpeakerKey, Speaker> _speakers = [];
    private readonly Dictionary<RouterKey, Turns> _turns = [];

    public long PacketCount { get; private set; }

    /// <summary>VRRP that is too broken to say whose it is.</summary>
    public long UnreadableCount { get; private set; }

    /// <summary>Packets of speakers that have no place any more.</summary>
    public long UncountedCount { get; private set; }

    /// <summary>By family, VRID, and source.</summary>
    public IReadOnlyList<Speaker> Speakers
        => [.. _speakers.Values.OrderBy(static one => one.Last.Family).ThenBy(static one => one.Last.Vrid).ThenBy(static one => one.Source)];

    public void OnPacket(ReadOnlySpan<byte> packet, bool isOwn, Instant now)
    {
        if (!ProtocolPacket.TryFind(packet, out ProtocolPacket found))
            return;
        PacketCount++;
        if (found.IsFragment || found.IsCut || !VrrpAnatomy.TryRead(found.Datagram.Bytes, found.Family, out VrrpAnatomy anatomy))
        {
            UnreadableCount++;
            return;
        }
        Sighting seen = Sighting.Of(found.Datagram, anatomy, found.Family);
        Judgement judgement = _judge.Judge(found.Datagram, anatomy, found.Family, default);
        SpeakerKey key = new(seen.Family, seen.Vrid, seen.Version, seen.Source);
        if (!_speakers.TryGetValue(key, out Speaker? speaker))
        {
            if (_speakers.Count == MostSpeakers)
            {
                UncountedCount++;
                return;
            }
            _speakers.Add(key, speaker = new Speaker(seen, isOwn));
        }
        speaker.Add(seen, judgement.Fault, judgement.Mismatch);
        LookForTwoMasters(new RouterKey(seen.Family, seen.Vrid), speaker);
    }

    /// <summary>The VRIDs that nobody was heard with, as ranges.</summary>
    public List<(int First, int Last)> FreeVrids(AddressFamily family)
    {
        HashSet<int> taken = [.. _speakers.Keys.Where(key => key.Family == family).Select(static key => (int)key.Vrid)];
        List<(int, int)> ranges = [];
        for (int first = 1; first <= MostVrids; first++)
        {
            if (taken.Contains(first))
                continue;
            int last = first;
            while (last < MostVrids && !taken.Contains(last + 1))
                last++;
            ranges.Add((first, last));
            first = last;
        }
        return ranges;
    }

    private void LookForTwoMasters(RouterKey key, Speaker speaker)
    {
        if (!_turns.TryGetValue(key, out Turns? turns))
            _turns.Add(key, turns = new Turns());
        if (speaker.HasReleased)
        {
            turns.Masters.Remove(speaker);
            turns.Returns = 0;
            return;
        }
        if (turns.Last is { } before && before != speaker)
        {
            if (before.Last.Version != speaker.Last.Version)
                before.AddProblem($"somebody else speaks version {speaker.Last.Version} for this VRID");
            if (turns.Masters.Contains(speaker) && ++turns.Returns >= ReturnsOfTwoMasters)
            {
                foreach (Speaker master in turns.Masters)
                    master.AddProblem("more than one master for this VRID");
            }
        }
        turns.Masters.Add(speaker);
        turns.Last = speaker;
    }
}
