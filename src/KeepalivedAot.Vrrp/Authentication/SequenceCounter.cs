namespace KeepalivedAot.Vrrp.Authentication;

/// <summary>The sequence number of AH (RFC 4302, 2.5), as keepalived counts it: one counter for what is sent and what is heard.</summary>
/// <remarks>
/// So a Backup goes on, when it takes over, from where the Active Router was, and everybody else accepts it. The counter outlives a
/// reload, but not the process.
/// </remarks>
public sealed class SequenceCounter
{
    /// <summary>Beyond it the counter stands still until it may start again.</summary>
    public const uint LastNumber = 0xFFFFFFFD;

    /// <summary>The number that was sent or accepted last; 0 before the first.</summary>
    public uint Value { get; private set; }

    /// <summary>All numbers are used up: the counter restarts when the router becomes active the next time.</summary>
    public bool IsCycled { get; private set; }

    /// <summary>The number of the next advertisement; the first one is 1.</summary>
    public uint Next()
    {
        if (Value > LastNumber)
            IsCycled = true;
        else
            Value++;
        return Value;
    }

    /// <summary>A number of an advertisement that is genuine. False when it is not larger than the last one: a replay.</summary>
    public bool TryAccept(uint received)
    {
        if (received <= Value)
            return false;
        Value = received;
        return true;
    }

    /// <summary>An Active Router heard one of lower priority, who must be made to hear it: one number is skipped.</summary>
    public void Skip() => Next();

    /// <summary>A Backup follows somebody whose numbers are as high: it is not for us to start again.</summary>
    public void OnFollowed() => IsCycled = false;

    /// <summary>The router becomes active.</summary>
    public void OnBecomingActive()
    {
        if (!IsCycled)
            return;
        IsCycled = false;
        Value = 0;
    }
}
