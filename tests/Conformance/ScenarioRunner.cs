using System.Globalization;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
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
    private readonly VrrpRouter _router;
    private IpAddress _address = IpAddress.Parse("10.9.0.2");
    private int _mtu = 1500;
    private Duration _startupDelay;

    /// <summary>What arrived since <c>sleep</c>; null while awake.</summary>
    private List<ScenarioInput>? _asleep;

    private ScenarioRunner(Scenario scenario)
    {
        _scenario = scenario;
        _world = new ScenarioWorld(scenario.Show);
        VrrpParameters parameters = RouterWords.Default;
        foreach ((string[] words, int line) in scenario.Router)
        {
            switch (words[0])
            {
                case "address":
                    _address = RouterWords.ReadAddress(words[1], line);
                    break;
                case "mtu":
                    _mtu = ScenarioReader.ReadNumber(words[1], line);
                    break;
                case "vrrp_startup_delay":
                    _startupDelay = ScenarioReader.ReadSeconds(words[1], line);
                    break;
                default:
                    parameters = RouterWords.Apply(parameters, words, line);
                    break;
            }
        }
        _unixClock.Set(new Instant(0), s_beginning);
        _router = new VrrpRouter(parameters, _timers, _world, _world.Log, _unixClock);
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
        string[] words = input.Words;
        Instant now = input.At;
        string Value() => words.Length == 2 ? words[1] : throw new ScenarioException(input.Line, $"`{words[0]}` takes one value");
        switch (words[0])
        {
            case "start":
                _router.Start(ReadFaults(words[1..], input.Line), _address, _mtu, _startupDelay, now);
                break;
            case "stop":
                _router.Stop(now);
                break;
            case "remove":
                _router.Remove(now);
                break;
            case "advert":
                Hear(PeerPacket.FromFields(_router.Parameters, _router.LocalAddress, s_beginning + new Duration(now.Nanoseconds), words, input.Line), now);
                break;
            case "packet":
                Hear(PeerPacket.FromHex(_router.Parameters, _router.LocalAddress, words, input.Line), now);
                break;
            case "fault":
                _router.SetFault(ReadFaults(words[1..], input.Line), true, now);
                break;
            case "recover":
                _router.SetFault(ReadFaults(words[1..], input.Line), false, now);
                break;
            case "address":
                _router.SetLocalAddress(RouterWords.ReadAddress(Value(), input.Line), now);
                break;
            case "lost":
                _router.OnVirtualAddressLost(RouterWords.ReadAddress(Value(), input.Line), now);
                break;
            case "adjust":
                _router.SetPriorityAdjustment(ScenarioReader.ReadNumber(Value(), input.Line), now);
                break;
            case "reload":
                _router.Reconfigure(ReadReload(words[1..], input.Line), now);
                break;
            case "clock":
                _unixClock.Set(now, s_beginning + new Duration(now.Nanoseconds) + Duration.FromSeconds(ScenarioReader.ReadNumber(Value(), input.Line)));
                break;
            case "sleep":
                _asleep = [];
                break;
            case "end":
                End();
                break;
            default:
                throw new ScenarioException(input.Line, $"`{words[0]}` is no input");
        }
    }

    private void Hear(PeerPacket packet, Instant now)
        => _router.OnDatagram(
            new VrrpDatagram
            {
                Bytes = packet.Bytes,
                Source = packet.Source,
                Destination = packet.Destination,
                HopLimit = packet.HopLimit,
            },
            now);

    private VrrpParameters ReadReload(string[] words, int line)
    {
        VrrpParameters parameters = _router.Parameters;
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
                _ => throw new ScenarioException(line, $"`{word}` is no fault"),
            };
        }
        return faults;
    }

    private void End()
    {
        if (!_scenario.Show.Contains("counters"))
            return;
        VrrpCounters c = _router.Counters;
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
            _world.Record(string.Create(CultureInfo.InvariantCulture, $"counter {name} {value}"));
    }
}
