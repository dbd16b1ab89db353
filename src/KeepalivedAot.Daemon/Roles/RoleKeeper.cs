using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Roles;

/// <summary>Keeps the <see cref="RoleRecord"/>, and offers the roles in it to whoever starts after a process that was killed.</summary>
/// <remarks>
/// It says at most what is true: what was sent after it was written last is not in it, and whoever takes a role back has a little less time
/// than there is. A role that was given up is told before anybody else can have it.
/// </remarks>
internal sealed class RoleKeeper(IVrrpWorld world, Log log)
{
    // A directory may be full for days.
    private static readonly Duration RetryInterval = Duration.FromSeconds(10);

    private byte[] _record = [];
    private int _dirtyFrom = int.MaxValue;
    private int _dirtyTo;
    private bool _hasFailed;
    private Instant _retryAt;

    // In this turn: it takes two clocks, and a thousand instances may note at once.
    private Duration? _suspended;

    /// <summary>Before the first of them starts: those whose role nobody else can have taken yet are offered it.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Offer(VrrpInstance[] instances, bool isDelayed, Instant now)
    {
        Report(world.OpenRoles(out byte[]? earlier));
        Dictionary<RoleRecord.Key, RoleRecord.Role> roles = earlier is null ? [] : RoleRecord.Read(earlier, world.BootId);
        Duration suspended = world.Suspended;
        bool isOffered = false;
        // Whoever wants to wait after each start has a reason for it.
        foreach (VrrpInstance instance in isDelayed ? [] : instances)
        {
            // One instance only, should two be the same router.
            if (!roles.Remove(RoleRecord.Key.Of(instance.Block), out RoleRecord.Role role))
                continue;
            // With another interval it is not what the others know: it waits like everybody who is new.
            if (role.Limit != instance.Router.Silence)
                continue;
            // As this clock would have shown it, had it not stood still while the machine slept.
            Instant advertised = default(Instant) + role.AdvertisedAt - suspended;
            if (advertised > now || now - advertised >= role.Limit)
                continue;
            instance.Router.OfferRole(advertised, role.Limit);
            isOffered = true;
        }
        Lay(instances);
        return isOffered;
    }

    /// <summary>The record is that of these instances, after a reload too.</summary>
    public void Lay(VrrpInstance[] instances)
    {
        _record = new byte[RoleRecord.HeaderLength + instances.Length * RoleRecord.EntryLength];
        RoleRecord.WriteHeader(_record, world.BootId);
        for (int place = 0; place < instances.Length; place++)
        {
            instances[place].RolePlace = place;
            RoleRecord.WriteName(Entry(place), RoleRecord.Key.Of(instances[place].Block));
            Note(instances[place]);
        }
        (_dirtyFrom, _dirtyTo) = (0, _record.Length);
        Flush();
    }

    /// <summary>It has advertised, or has another state.</summary>
    public void Note(VrrpInstance instance)
    {
        int place = instance.RolePlace;
        // Before the start it has no place, and behind the stop there is no record: the loop may turn on for scripts.
        if (place < 0 || _record.Length == 0)
            return;
        RoleRecord.Role? role = null;
        if (instance.Router.HeldRole is var (advertised, limit))
            role = new RoleRecord.Role(advertised - default(Instant) + (_suspended ??= world.Suspended), limit);
        RoleRecord.WriteRole(Entry(place), role);
        int start = RoleRecord.HeaderLength + place * RoleRecord.EntryLength;
        _dirtyFrom = Math.Min(_dirtyFrom, start);
        _dirtyTo = Math.Max(_dirtyTo, start + RoleRecord.EntryLength);
    }

    /// <summary>At the end of a turn, when what was to be sent has been sent.</summary>
    public void Flush()
    {
        _suspended = null;
        if (_dirtyTo == 0)
            return;
        if (!_hasFailed)
            Report(world.WriteRoles(_dirtyFrom, _record.AsSpan(_dirtyFrom.._dirtyTo)));
        else if (world.Now >= _retryAt)
            Retry();
        (_dirtyFrom, _dirtyTo) = (int.MaxValue, 0);
    }

    /// <summary>Nobody has a role any more.</summary>
    public void Close()
    {
        _record = [];
        (_dirtyFrom, _dirtyTo) = (int.MaxValue, 0);
        Report(world.RemoveRoles());
    }

    private Span<byte> Entry(int place) => _record.AsSpan(RoleRecord.HeaderLength + place * RoleRecord.EntryLength, RoleRecord.EntryLength);

    // What an earlier run left there has been read, or never could be.
    private void Retry()
    {
        OsError failure = world.OpenRoles(out _);
        if (!failure.IsError)
            failure = world.WriteRoles(0, _record);
        _retryAt = world.Now + RetryInterval;
        if (failure.IsError)
            return;
        _hasFailed = false;
        log.Write(LogLevel.Info, EventIds.KernelRecord, "The record of roles is written again"u8);
    }

    // Once for a row of failures: it is written with each advertisement.
    private void Report(OsError failure)
    {
        if (!failure.IsError || _hasFailed)
            return;
        _hasFailed = true;
        _retryAt = world.Now + RetryInterval;
        log.Write(LogLevel.Warning, EventIds.KernelRecord, $"No record of roles ({failure}): after a crash the next start waits for its master down timer");
    }
}
