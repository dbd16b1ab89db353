using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Groups;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Conformance;

/// <summary>Plays one scenario on virtual time.</summary>
internal sealed class ScenarioRunner
{
    private readonly Scenario _scenario;
    private readonly ScenarioWorld _world;
    private static readonly UnixTime s_beginning = UnixTime.FromSeconds(1_795_953_600);

    private readonly TimerQueue _timers = new();
    private readonly UnixClock _unixClock = new();
    private readonly List<Member> _members = [];
    private readonly VrrpGroup? _group;

    /// <summary>What arrived since <c>sleep</c>; null while awake.</summary>
    private List<ScenarioInput>? _asleep;

    private ScenarioRunner(Scenario scenario)
    {
        _scenario = scenario;
        _unixClock.Set(new Instant(0), s_beginning);
        _world = new ScenarioWorld(scenario.Show, namesRouters: scenario.Routers.Count > 1);
        foreach (List<(string[] Words, int Line)> words in scenario.Routers)
            _members.Add(ReadMember(words));
        if (scenario.Group.Length == 0)
            return;
        _group = new VrrpGroup(scenario.Group, _world, _world.Log);
        _group.SetMembers(_members.Select(static member => member.Router));
    }

    /// <summary>One router and its interface.</summary>
    private sealed record Member(VrrpRouter Router, IpAddress Address, int Mtu, Duration StartupDelay);

    private Member ReadMember(List<(string[] Words, int Line)> lines)
    {
        IpAddress address = IpAddress.Parse("10.9.0.2");
        int mtu = 1500;
        Duration startupDelay = Duration.Zero;
        VrrpParameters parameters = RouterWords.Default;
        foreach ((string[] words, int line) in lines)
        {
            switch (words[0])
            {
                case "address":
                    address = RouterWords.ReadAddress(words[1], line);
                    break;
                case "mtu":
                    mtu = ScenarioReader.ReadNumber(words[1], line);
                    break;
                case "vrrp_startup_delay":
                    startupDelay = ScenarioReader.ReadSeconds(words[1], line);
                    break;
                default:
                    parameters = RouterWords.Apply(parameters, words, line);
                    break;
            }
        }
        return new Member(new VrrpRouter(parameters, _timers, _world, _world.Log, _unixClock), address, mtu, startupDelay);
    }

    /// <returns>What happened, one line per effect.</returns>
    public static List<string> Play(Scenario scenario)
    {
        ScenarioRunner runner = new(scenario);
        foreach (ScenarioInput input in Expand(scenario.Inputs))
        {
            ScenarioReader.Require(input.At >= runner._world.Now, input.Line, "time goes forward");
            runner.Take(input);
        }
        return runner._world.Lines;
    }

    // `advert ... every S until T` stands for as many adverts, sorted in among the others.
    private static IEnumerable<ScenarioInput> Expand(List<ScenarioInput> inputs)
    {
        List<ScenarioInput> all = [];
        foreach (ScenarioInput input in inputs)
        {
            int every = Array.IndexOf(input.Words, "every");
            if (every < 0)
            {
                all.Add(input);
                continue;
            }
            bool isWhole = every + 4 == input.Words.Length && input.Words[every + 2] == "until";
            ScenarioReader.Require(isWhole, input.Line, "every S until T");
            Duration period = ScenarioReader.ReadSeconds(input.Words[every + 1], input.Line);
            Instant last = new Instant(0) + ScenarioReader.ReadSeconds(input.Words[every + 3], input.Line);
            ScenarioReader.Require(period > Duration.Zero, input.Line, "a period is positive");
            for (Instant at = input.At; at <= last; at += period)
                all.Add(input with { At = at, Words = input.Words[..every] });
        }
        Instant end = inputs[^1].At;
        foreach (ScenarioInput late in all.Where(input => input.At > end))
            throw new ScenarioException(late.Line, "nothing comes after `end`");
        return all.OrderBy(input => input.At);
    }

    // Between `sleep` and `wake` nothing runs: then what has arrived comes first, and the timers after it, as in the daemon.
    private void Take(ScenarioInput input)
    {
        if (_asleep is not null && input.Words[0] != "wake")
        {
            _asleep.Add(input);
            return;
        }
        if (_asleep is null)
            RunTimersUntil(input.At);
        _world.Now = input.At;
        if (input.Words[0] == "wake")
        {
            foreach (ScenarioInput missed in _asleep ?? throw new ScenarioException(input.Line, "`wake` without `sleep`"))
                Do(missed with { At = input.At });
            _asleep = null;
            RunTimersUntil(input.At);
            return;
        }
        Do(input);
    }

    private void RunTimersUntil(Instant end)
    {
        while (_timers.TryPeek(out Instant deadline) && deadline <= end)
        {
            if (deadline > _world.Now)
                _world.Now = deadline;
            _timers.TryFire(_world.Now);
        }
        _world.Now = end;
    }

    private void Do(ScenarioInput input)
    {
        switch (input.Words[0])
        {
            case "sleep":
                _asleep = [];
                return;
            case "end":
                End();
                return;
            case "start":
                StartAll(input);
                return;
        }
        Member? named = _members.Find(member => member.Router.Parameters.Name == input.Words[0]);
        if (named is not null)
        {
            Do(named.Router, input with { Words = input.Words[1..] });
            return;
        }
        ScenarioReader.Require(_members.Count == 1, input.Line, "an input of several routers begins with a router's name");
        Do(_members[0].Router, input);
    }

    // Faults that are there already, of the only router, or after the names of theirs: `start`, `start tracker`, `start VI_2 interface`.
    private void StartAll(ScenarioInput input)
    {
        string[] words = input.Words[1..];
        foreach (Member member in _members)
        {
            string[] own = _members.Count == 1 ? words
                : [.. words.SkipWhile(word => word != member.Router.Parameters.Name).Skip(1).TakeWhile(word => !_members.Exists(m => m.Router.Parameters.Name == word))];
            member.Router.Prepare(ReadFaults(own, input.Line), member.Address, member.Mtu);
        }
        _group?.Start();
        foreach (Member member in _members)
            member.Router.Start(member.StartupDelay, input.At);
    }

    private void Do(VrrpRouter router, ScenarioInput input)
    {
        string[] words = input.Words;
        Instant now = input.At;
        string Value() => words.Length == 2 ? words[1] : throw new ScenarioException(input.Line, $"`{words[0]}` takes one value");
        switch (words[0])
        {
            case "stop":
                router.Stop(now);
                break;
            case "remove":
                router.Remove(now);
                break;
            case "advert":
                Hear(router, PeerPacket.FromFields(router.Parameters, router.LocalAddress, s_beginning + new Duration(now.Nanoseconds), words, input.Line), now);
                break;
            case "packet":
                Hear(router, PeerPacket.FromHex(router.Parameters, router.LocalAddress, words, input.Line), now);
                break;
            case "fault":
                router.SetFault(ReadFaults(words[1..], input.Line), true, now);
                break;
            case "recover":
                router.SetFault(ReadFaults(words[1..], input.Line), false, now);
                break;
            case "address":
                router.SetLocalAddress(RouterWords.ReadAddress(Value(), input.Line), now);
                break;
            case "lost":
                router.OnVirtualAddressLost(RouterWords.ReadAddress(Value(), input.Line), now);
                break;
            case "adjust":
                router.SetPriorityAdjustment(ScenarioReader.ReadNumber(Value(), input.Line), now);
                break;
            case "reload":
                router.Reconfigure(ReadReload(router, words[1..], input.Line), now);
                break;
            case "suspended":
                router.OnSlept(ScenarioReader.ReadSeconds(Value(), input.Line));
                break;
            case "clock":
                _unixClock.Set(now, s_beginning + new Duration(now.Nanoseconds) + Duration.FromSeconds(ScenarioReader.ReadNumber(Value(), input.Line)));
                break;
            default:
                throw new ScenarioException(input.Line, $"`{words[0]}` is no input");
        }
    }

    private static void Hear(VrrpRouter router, PeerPacket packet, Instant now)
        => router.OnDatagram(
            new VrrpDatagram
            {
                Bytes = packet.Bytes,
                Source = packet.Source,
                Destination = packet.Destination,
                HopLimit = packet.HopLimit,
            },
            now);

    private static VrrpParameters ReadReload(VrrpRouter router, string[] words, int line)
    {
        VrrpParameters parameters = router.Parameters;
        while (words.Length != 0)
        {
            int end = Array.IndexOf(words, "|");
            if (end < 0)
                end = words.Length;
            ScenarioReader.Require(end > 0, line, "reload WORD VALUES | WORD VALUES ...");
            parameters = RouterWords.Apply(parameters, words[..end], line);
            words = words[Math.Min(end + 1, words.Length)..];
        }
        return parameters;
    }

    private static VrrpFaults ReadFaults(string[] words, int line)
    {
        VrrpFaults faults = VrrpFaults.None;
        foreach (string word in words)
        {
            faults |= word switch
            {
                "interface" => VrrpFaults.InterfaceDown,
                "base_interface" => VrrpFaults.BaseInterfaceDown,
                "duplicate_vrid" => VrrpFaults.DuplicateVrid,
                "tracker" => VrrpFaults.Tracker,
                "configuration" => VrrpFaults.Configuration,
                "awaited" => VrrpFaults.Awaited,
                _ => throw new ScenarioException(line, $"`{word}` is no fault"),
            };
        }
        return faults;
    }

    private void End()
    {
        if (!_scenario.Show.Contains("counters"))
            return;
        foreach (Member member in _members)
            RecordCounters(member.Router);
    }

    private void RecordCounters(VrrpRouter router)
    {
        VrrpCounters c = router.Counters;
        (string Name, ulong Value)[] all =
        [
            ("advert_rcvd", c.AdvertRcvd), ("advert_sent", c.AdvertSent), ("become_master", c.BecomeMaster),
            ("release_master", c.ReleaseMaster), ("packet_len_err", c.PacketLenErr), ("advert_interval_err", c.AdvertIntervalErr),
            ("ip_ttl_err", c.IpTtlErr), ("invalid_type_rcvd", c.InvalidTypeRcvd), ("addr_list_err", c.AddrListErr),
            ("invalid_authtype", c.InvalidAuthtype), ("authtype_mismatch", c.AuthtypeMismatch), ("auth_failure", c.AuthFailure),
            ("auth_ext_missing", c.AuthExtMissing), ("auth_ext_malformed", c.AuthExtMalformed),
            ("auth_ext_unknown_key", c.AuthExtUnknownKey), ("auth_ext_invalid_hmac", c.AuthExtInvalidHmac),
            ("auth_ext_stale", c.AuthExtStale), ("auth_ext_replay", c.AuthExtReplay),
            ("pri_zero_rcvd", c.PriZeroRcvd), ("pri_zero_sent", c.PriZeroSent), ("vers_err", c.VersErr), ("chk_err", c.ChkErr),
        ];
        foreach ((string name, ulong value) in all.Where(counter => counter.Value != 0))
            _world.Record(router, string.Create(CultureInfo.InvariantCulture, $"counter {name} {value}"));
    }
}
