using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using static KeepalivedAot.Vrrp.Fsm.SentenceWriter;

namespace KeepalivedAot.Vrrp.Fsm;

/// <summary>The sentences of <see cref="TransitionReason"/>, written as UTF-8 without allocation.</summary>
internal static class TransitionReasonText
{
    private const int LongestText = 1000;

    /// <summary>Names and words of others are cut to this many characters: they may be anything, such as what a script has printed.</summary>
    private const int LongestWords = 100;

    public static string ToText(in TransitionReason reason)
    {
        Span<byte> text = stackalloc byte[LongestText];
        Invariant.Require(TryFormat(reason, text, out int length), "a reason fits its buffer");
        return Encoding.UTF8.GetString(text[..length]);
    }

    public static bool TryFormat(in TransitionReason r, Span<byte> to, out int written)
    {
        Seconds elapsed = new(r.Elapsed);
        Seconds limit = new(r.Limit);
        return r.Cause switch
        {
            TransitionCause.Started when r.Subject is not null
                => TryWrite(to, $"started while {new Words(r.Subject)}", out written),
            TransitionCause.Started when r.Faults != VrrpFaults.None
                => TryWrite(to, $"started while {new FaultNames(r.Faults)}", out written),
            TransitionCause.Started
                => TryWrite(to, $"started with priority {r.OwnPriority}", out written),
            TransitionCause.AddressOwner
                => TryWrite(to, $"priority {r.OwnPriority}: the addresses are this router's own", out written),
            TransitionCause.Resumed
                => TryWrite(to, $"it was MASTER when its process was killed, {elapsed} s ago, and until {limit} s have passed no other router can be", out written),
            TransitionCause.NobodyHeard
                => TryWrite(to, $"no router heard for {elapsed} s (limit {limit} s)", out written),
            TransitionCause.ActiveRouterSilent
                => TryWrite(
                    to,
                    $"no advertisement from {r.Peer} for {elapsed} s (limit {limit} s); its last one had priority {r.PeerPriority}",
                    out written),
            TransitionCause.ActiveRouterReleased when r.Peer.IsNone
                => TryWrite(to, $"no router took over for {elapsed} s (limit {limit} s) after the role was released", out written),
            TransitionCause.ActiveRouterReleased
                => TryWrite(
                    to,
                    $"{r.Peer} released its role (priority 0), and no other router took over for {elapsed} s (limit {limit} s)",
                    out written),
            TransitionCause.LowerPriorityPreempted
                => TryWrite(
                    to,
                    $"{r.Peer} advertises priority {r.PeerPriority}, lower than ours, {r.OwnPriority}{new InBrackets(r.Subject)}",
                    out written),
            TransitionCause.HigherPriorityHeard
                => TryWrite(
                    to,
                    $"{r.Peer} advertised priority {r.PeerPriority}, higher than ours, {r.OwnPriority}{new InBrackets(r.Subject)}{new Standstill(r)}",
                    out written),
            TransitionCause.HigherAddressHeard
                => TryWrite(
                    to,
                    $"{r.Peer} advertised our priority, {r.PeerPriority}{new InBrackets(r.Subject)}, and its address is higher than ours, {r.OwnAddress}{new Standstill(r)}",
                    out written),
            TransitionCause.FaultRaised or TransitionCause.HeldFaultRaised when r.Subject is not null
                => TryWrite(to, $"{new Words(r.Subject)}", out written),
            TransitionCause.FaultRaised or TransitionCause.HeldFaultRaised
                => TryWrite(to, $"{new FaultNames(r.Faults)}", out written),
            TransitionCause.Held
                => TryWrite(to, $"held until what it tracks has been heard of", out written),
            TransitionCause.PulledToActive
                => TryWrite(to, $"sync group {new Words(r.Group)}: {new Words(r.Subject)} became MASTER", out written),
            TransitionCause.PulledToBackup
                => TryWrite(to, $"sync group {new Words(r.Group)}: {new Words(r.Subject)} is BACKUP", out written),
            TransitionCause.PulledToRelease
                => TryWrite(to, $"sync group {new Words(r.Group)}: {new Words(r.Subject)} lost a virtual address", out written),
            TransitionCause.Yielded
                => TryWrite(to, $"told to give its role up{new InBrackets(r.Subject)}", out written),
            TransitionCause.PulledToYield
                => TryWrite(to, $"sync group {new Words(r.Group)}: {new Words(r.Subject)} was told to give its role up", out written),
            TransitionCause.PulledToFault when r.Subject is null
                => TryWrite(to, $"sync group {new Words(r.Group)}: another member has a fault", out written),
            TransitionCause.PulledToFault
                => TryWrite(to, $"sync group {new Words(r.Group)}: {new Words(r.Subject)} has a fault", out written),
            TransitionCause.PulledOutOfFault
                => TryWrite(to, $"sync group {new Words(r.Group)}: no member has a fault any more", out written),
            TransitionCause.FaultCleared when r.Subject is not null
                => TryWrite(to, $"no fault is left: {new Words(r.Subject)}", out written),
            TransitionCause.FaultCleared
                => TryWrite(to, $"no fault is left", out written),
            TransitionCause.VirtualAddressLost when r.Subject is not null
                => TryWrite(to, $"{new Words(r.Subject)} was removed by somebody else", out written),
            TransitionCause.VirtualAddressLost
                => TryWrite(to, $"virtual address {r.Peer} was removed by somebody else", out written),
            TransitionCause.Shutdown
                => TryWrite(to, $"told to stop", out written),
            TransitionCause.Removed
                => TryWrite(to, $"no longer in the configuration", out written),
            TransitionCause.LateWakeUp
                => TryWrite(to, $"could not advertise for {elapsed} s (a backup takes over after {limit} s)", out written),
            _ => TryWrite(to, $"no change of state", out written),
        };
    }

    /// <summary>Seconds with at most three decimals, cut and not rounded: <c>3.609</c>, <c>3.61</c>, <c>1</c>.</summary>
    private readonly struct Seconds(Duration duration) : IUtf8SpanFormattable
    {
        public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
            => Duration.FromMilliseconds(duration.WholeMilliseconds).TryFormat(utf8Destination, out bytesWritten, format, provider);
    }

    private readonly struct Words(string? text) : IUtf8SpanFormattable
    {
        public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
            => Encoding.UTF8.TryGetBytes(Cut(text), utf8Destination, out bytesWritten);

        private static ReadOnlySpan<char> Cut(ReadOnlySpan<char> text)
        {
            if (text.Length <= LongestWords)
                return text;
            return text[..(char.IsHighSurrogate(text[LongestWords - 1]) ? LongestWords - 1 : LongestWords)];
        }
    }

    /// <summary><c> (script chk failed)</c>, or nothing.</summary>
    private readonly struct InBrackets(string? text) : IUtf8SpanFormattable
    {
        public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            bytesWritten = 0;
            return text is null || TryWrite(utf8Destination, $" ({new Words(text)})", out bytesWritten);
        }
    }

    /// <summary>How it came that another router is active at all, or nothing.</summary>
    private readonly struct Standstill(in TransitionReason reason) : IUtf8SpanFormattable
    {
        private readonly Duration _silence = reason.Limit == Duration.Zero ? Duration.Zero : reason.Elapsed;

        public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            bytesWritten = 0;
            return _silence == Duration.Zero || TryWrite(utf8Destination, $", after this router could not advertise for {new Seconds(_silence)} s", out bytesWritten);
        }
    }

    /// <summary>The faults in words, joined by commas.</summary>
    private readonly struct FaultNames(VrrpFaults faults) : IUtf8SpanFormattable
    {
        private const int FaultCount = 8;

        public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider)
        {
            bytesWritten = 0;
            for (int bit = 0; bit < FaultCount; bit++)
            {
                VrrpFaults fault = faults & (VrrpFaults)(1 << bit);
                if (fault == VrrpFaults.None)
                    continue;
                if (bytesWritten != 0 && !Append(", "u8, utf8Destination, ref bytesWritten))
                    return false;
                if (!Append(NameOf(fault), utf8Destination, ref bytesWritten))
                    return false;
            }
            return true;
        }

        private static bool Append(ReadOnlySpan<byte> text, Span<byte> to, ref int length)
        {
            if (!text.TryCopyTo(to[length..]))
                return false;
            length += text.Length;
            return true;
        }

        private static ReadOnlySpan<byte> NameOf(VrrpFaults fault) => fault switch
        {
            VrrpFaults.InterfaceDown => "the interface is down"u8,
            VrrpFaults.BaseInterfaceDown => "the base interface is down"u8,
            VrrpFaults.NoSourceAddress => "the interface has no address to send from"u8,
            VrrpFaults.DuplicateVrid => "another instance uses the same VRID"u8,
            VrrpFaults.Tracker => "a tracked object is bad"u8,
            VrrpFaults.Maintenance => "it is in maintenance"u8,
            VrrpFaults.Awaited => "a tracked object has not been heard of yet"u8,
            _ => "it has nobody to speak to (no multicast on the interface, or no unicast peer)"u8,
        };
    }
}
