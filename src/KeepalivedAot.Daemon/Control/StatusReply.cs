using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Text;
using KeepalivedAot.Daemon.Tracking;

namespace KeepalivedAot.Daemon.Control;

/// <summary>The status, a line at a time: what is slow to take it sees each line as things are then.</summary>
/// <param name="only">Of this instance; null: of all, with groups and what is tracked.</param>
internal sealed class StatusReply(StatusWriter status, VrrpModule vrrp, VrrpInstance? only) : IControlReply
{
    private IReadOnlyList<VrrpInstance>? _instances;
    private TrackedThing[] _things = [];
    private int _next;

    public bool IsComplete { get; private set; }

    public ReadOnlySpan<byte> Next(JsonLine line, Instant now)
    {
        if (_instances is null)
        {
            // As they are now: a reload meanwhile makes other lists, and leaves this one alone.
            _instances = only is null ? vrrp.Instances : [only];
            _things = only is null ? [.. vrrp.Trackers.Things] : [];
            return status.Daemon(line, vrrp.Instances.Count);
        }
        int at = _next++;
        if (at < _instances.Count)
            return status.Instance(line, _instances[at], now);
        at -= _instances.Count;
        IReadOnlyList<SyncGroup> groups = only is null ? vrrp.Groups : [];
        if (at < groups.Count)
            return StatusWriter.Group(line, groups[at]);
        at -= groups.Count;
        if (at < _things.Length)
            return StatusWriter.Tracked(line, _things[at]);
        IsComplete = true;
        return "{\"ok\":true}\n"u8;
    }
}
