using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>The <c>auth_hmac { … }</c> of a <c>vrrp_instance</c>: HMAC-SHA256 behind each advertisement, of keepalived's own making.</summary>
[Block("auth_hmac")]
public sealed partial class AuthHmacBlock
{
    /// <summary>A key: its number and its secret of 32 to 64 bytes, as text, as hex: digits or in a file:. There may be several.</summary>
    [Keyword("key", Since = "2.4.0", Default = "required"), Secret]
    public List<HmacKey> Keys { get; } = [];

    /// <summary>The number of the key that our advertisements are made with.</summary>
    [Keyword("active_key", Since = "2.4.0", Default = "required"), Range(1, 255), Strict]
    public byte ActiveKey { get; private set; }

    /// <summary>How many seconds the sender's clock may differ; with anti_replay time only. Never null after loading.</summary>
    [Keyword("time_window", Since = "2.4.0", Default = "3 x advert_int whole seconds, clamped 5..300"), Seconds, Range(1, 300), Strict]
    public Duration? TimeWindow { get; private set; }

    /// <summary>How an advertisement that was recorded is told from a new one: by the clock, or by a number that grows.</summary>
    [Keyword("anti_replay", Since = "2.4.0", Default = "time")]
    public AntiReplay AntiReplay { get; private set; }

    /// <summary>What is done with advertisements without authentication: enforce drops them, permissive logs them, receive-only sends none.</summary>
    [Keyword("mode", Since = "2.4.0", Default = "enforce")]
    public HmacMode Mode { get; private set; }
}
