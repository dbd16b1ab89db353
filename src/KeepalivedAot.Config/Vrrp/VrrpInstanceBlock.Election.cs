using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

public sealed partial class VrrpInstanceBlock
{
    private static readonly Duration LongestIntervalV3 = Duration.FromCentiseconds(4095);

    private void ChoosePriorityAndState(DiagnosticBag diagnostics)
    {
        if (!_spans.Priority.IsGiven)
            Priority = State == ConfiguredState.Master ? OwnerPriority : DefaultPriority;
        ConfiguredState owners = IsOwner ? ConfiguredState.Master : ConfiguredState.Backup;
        if (!_spans.State.IsGiven)
        {
            State = owners;
        }
        else if (StrictMode && State != owners)
        {
            State = owners;
            Report(diagnostics, DiagnosticCatalogue.StrictMode, _spans.State, $"({Name}) State MASTER must match being address owner");
        }
    }

    private void ChoosePreemption(DiagnosticBag diagnostics)
    {
        if (!PreemptMode && (IsOwner || State == ConfiguredState.Master))
        {
            PreemptMode = true;
            Report(
                diagnostics, DiagnosticCatalogue.NopreemptCleared, _spans.PreemptMode,
                IsOwner
                    ? $"({Name}) nopreempt is incompatible with priority 255. resetting nopreempt"
                    : $"({Name}) nopreempt will not work with initial state MASTER - clearing",
                IsOwner ? null : "write 'state BACKUP' on all routers");
        }
        if (PreemptDelay == Duration.Zero)
            return;
        string? refusal = null;
        if (StrictMode)
            refusal = $"({Name}) preempt_delay is incompatible with strict mode - resetting";
        else if (State == ConfiguredState.Master)
            refusal = $"({Name}) preempt delay will not work with initial state MASTER - clearing";
        else if (!PreemptMode)
            refusal = $"({Name}) preempt_delay is incompatible with nopreempt mode - resetting";
        if (refusal is null)
            return;
        PreemptDelay = Duration.Zero;
        Report(
            diagnostics, StrictMode ? DiagnosticCatalogue.StrictMode : DiagnosticCatalogue.PreemptDelayCleared, _spans.PreemptDelay, refusal);
    }

    // What was given is rounded to the nearest that the packet can say, half upwards; nothing becomes zero.
    private void RoundInterval(DiagnosticBag diagnostics)
    {
        Duration given = AdvertisementInterval;
        if (Version == 2)
        {
            long seconds = Math.Max(1, (given.WholeMicroseconds + 500_000) / 1_000_000);
            AdvertisementInterval = Duration.FromSeconds(seconds);
            if (AdvertisementInterval != given)
            {
                ReportInterval(
                    DiagnosticCatalogue.IntervalNotWhole, $"({Name}) VRRPv2 advertisement interval {Seconds(given)}s must be an integer. rounding",
                    "write 'version 3' on all routers for intervals below a second");
            }
            return;
        }
        if (given > LongestIntervalV3)
        {
            AdvertisementInterval = LongestIntervalV3;
            ReportInterval(
                DiagnosticCatalogue.IntervalTooLong,
                $"({Name}) VRRPv3 advertisement interval {given}s is out of range. Must be less than 40.96s. Setting to 40.95s", null);
            return;
        }
        AdvertisementInterval = Duration.FromCentiseconds(Math.Max(1, (given.WholeMicroseconds + 5_000) / 10_000));
        if (AdvertisementInterval != given)
        {
            ReportInterval(
                DiagnosticCatalogue.IntervalTooFine,
                $"({Name}) VRRPv3 advertisement interval {Seconds(given)}s must be in units of 10ms - rounding", null);
        }

        void ReportInterval(DiagnosticKind kind, string message, string? otherwise)
            => Report(
                diagnostics, kind, _spans.AdvertisementInterval, message,
                $"write 'advert_int {AdvertisementInterval}'{(otherwise is null ? "" : ", or " + otherwise)}");

        static string Seconds(Duration interval) => $"{interval.WholeSeconds}.{interval.WholeMicroseconds % 1_000_000:D6}";
    }

    private void ChooseElection(GlobalDefsBlock globals, DiagnosticBag diagnostics)
    {
        if (!_spans.LowerPriorityNoAdvert.IsGiven)
            LowerPriorityNoAdvert = StrictMode || globals.LowerPriorityNoAdvert;
        if (!_spans.HigherPrioritySendAdvert.IsGiven)
            HigherPrioritySendAdvert = !StrictMode && globals.HigherPrioritySendAdvert;
        ChooseOwnerIgnoreAdverts(globals, diagnostics);
        if (!StrictMode)
        {
            AcceptMode |= IsOwner;
            return;
        }
        if (!LowerPriorityNoAdvert)
        {
            LowerPriorityNoAdvert = true;
            Reset(_spans.LowerPriorityNoAdvert, $"({Name}) Strict mode requires no lower priority advert. resetting");
        }
        if (HigherPrioritySendAdvert)
        {
            HigherPrioritySendAdvert = false;
            Reset(_spans.HigherPrioritySendAdvert, $"({Name}) strict mode requires higher_prio_send_advert to be clear. resetting");
        }
        if (DownTimerAdverts != DefaultDownTimerAdverts)
        {
            DownTimerAdverts = DefaultDownTimerAdverts;
            Reset(
                _spans.DownTimerAdverts.IsGiven ? _spans.DownTimerAdverts : globals.Spans.DownTimerAdverts,
                $"({Name}) down_timer_adverts is incompatible with strict mode - resetting");
        }
        if (_spans.AcceptMode.IsGiven && AcceptMode && Version == 2)
        {
            AcceptMode = false;
            Reset(
                _spans.AcceptMode, $"({Name}) warning - accept mode for VRRP version 2 does not comply with RFC3768 - resetting");
        }
        if (!_spans.AcceptMode.IsGiven)
            AcceptMode = false;
        AcceptMode |= IsOwner;

        void Reset(SourceSpan span, string message) => Report(diagnostics, DiagnosticCatalogue.StrictMode, span, message);
    }

    private void ChooseTimerExpired(DiagnosticBag diagnostics)
    {
        if (TimerExpiredBackup is null || !PreemptMode)
            return;
        TimerExpiredBackup = null;
        Report(
            diagnostics, DiagnosticCatalogue.TimerExpiredBackup, _spans.TimerExpiredBackup, $"({Name}) timer_expired_backup needs nopreempt - ignoring",
            "write 'nopreempt', or leave it out");
    }

    private void ChooseOwnerIgnoreAdverts(GlobalDefsBlock globals, DiagnosticBag diagnostics)
    {
        SourceSpan given = _spans.OwnerIgnoreAdverts;
        if (!IsOwner)
        {
            OwnerIgnoreAdverts = false;
            if (given.IsGiven)
            {
                Report(
                    diagnostics, DiagnosticCatalogue.OwnerOnly, given,
                    $"({Name}) owner_ignore_adverts is for priority 255 only - ignoring", "leave it out");
            }
            return;
        }
        if (StrictMode && given.IsGiven && !OwnerIgnoreAdverts)
        {
            Report(
                diagnostics, DiagnosticCatalogue.StrictMode, given, $"({Name}) strict mode requires owner_ignore_adverts to be set. resetting");
        }
        if (StrictMode)
            OwnerIgnoreAdverts = true;
        else if (!given.IsGiven)
            OwnerIgnoreAdverts = globals.OwnerIgnoreAdverts;
    }

    private void ChooseGarp(GlobalDefsBlock globals, DiagnosticBag diagnostics)
    {
        if (GarpRepeat == 0)
        {
            GarpRepeat = 1;
            Report(
                diagnostics, DiagnosticCatalogue.ZeroRepeat, _spans.GarpRepeat, $"({Name}): garp_master_repeat must be greater than 0, setting to 1");
        }
        if (GarpRefreshRepeat == 0)
        {
            GarpRefreshRepeat = 1;
            Report(
                diagnostics, DiagnosticCatalogue.ZeroRepeat, _spans.GarpRefreshRepeat,
                $"({Name}): garp_master_refresh_repeat must be greater than 0, setting to 1");
        }
        if (!_spans.GarpLowerPriorityRepeat.IsGiven)
            GarpLowerPriorityRepeat = StrictMode ? 0 : globals.GarpLowerPriorityRepeat;
        if (!_spans.GarpLowerPriorityDelay.IsGiven)
            GarpLowerPriorityDelay = StrictMode ? Duration.Zero : globals.GarpLowerPriorityDelay;
        if (!StrictMode)
            return;
        if (GarpLowerPriorityRepeat != 0)
        {
            GarpLowerPriorityRepeat = 0;
            Report(
                diagnostics, DiagnosticCatalogue.StrictMode, _spans.GarpLowerPriorityRepeat, $"({Name}) Strict mode requires no repeat garps. resetting");
        }
        if (GarpLowerPriorityDelay != Duration.Zero)
        {
            GarpLowerPriorityDelay = Duration.Zero;
            Report(
                diagnostics, DiagnosticCatalogue.StrictMode, _spans.GarpLowerPriorityDelay,
                $"({Name}) Strict mode requires no repeat garp delay. resetting");
        }
    }
}
