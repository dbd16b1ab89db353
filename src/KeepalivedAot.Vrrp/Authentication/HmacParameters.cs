using System.Collections.Immutable;

namespace KeepalivedAot.Vrrp.Authentication;

/// <summary>What <c>auth_hmac</c> was configured to do: normalised, so the active key is one of the keys.</summary>
public sealed record HmacParameters
{
    /// <summary>In the order of the configuration; no number twice.</summary>
    public required ImmutableArray<NumberedKey> Keys { get; init; }

    /// <summary>The number of the key that our advertisements are signed with.</summary>
    public required byte ActiveKey { get; init; }

    public HmacPolicy Policy { get; init; }

    /// <summary>How far a sender's clock may be from ours, in seconds, 1 to 300; 0 = <c>anti_replay monotonic</c>, where it does not matter.</summary>
    public int TimeWindowSeconds { get; init; } = 5;

    /// <summary>Whether our advertisements have a trailer.</summary>
    public bool SignsAdvertisements => Policy != HmacPolicy.ReceiveOnly;

    /// <summary>Wipes all keys. The parameters are of no use afterwards.</summary>
    public void Wipe()
    {
        foreach (NumberedKey key in Keys)
            key.Secret.Dispose();
    }
}

/// <summary>A key and the number that packets name it by.</summary>
/// <param name="Id">1 to 255.</param>
/// <param name="Secret">32 to 64 bytes.</param>
public readonly record struct NumberedKey(byte Id, SecretKey Secret);

/// <summary>The <c>mode</c> of <c>auth_hmac</c>: what becomes of advertisements without a trailer. A wrong trailer is never accepted.</summary>
public enum HmacPolicy : byte
{
    /// <summary>They are dropped.</summary>
    Enforce,

    /// <summary>They are accepted, and logged.</summary>
    Permissive,

    /// <summary>They are accepted, and ours have none either.</summary>
    ReceiveOnly,
}
