using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>The <c>auth_hmac { … }</c> of a <c>vrrp_instance</c>: HMAC-SHA256 behind each advertisement, of keepalived's own making.</summary>
[Block("auth_hmac")]
public sealed partial class AuthHmacBlock
{
    /// <summary>
    /// A key: its number, and its secret of 32 to 64 bytes as text, as hex:DIGITS, in a file as file:PATH, or in a systemd credential as
    /// credential:NAME. May be repeated.
    /// </summary>
    [Keyword("key", Since = "2.4.0", Default = "required"), Secret]
    public List<HmacKey> Keys { get; } = [];

    /// <summary>The number of the key that this router's advertisements are made with.</summary>
    [Keyword("active_key", Since = "2.4.0", Default = "required"), Range(1, 255), Strict]
    public byte ActiveKey { get; private set; }

    /// <summary>How many seconds the clocks of two routers may differ; for anti_replay time only.</summary>
    /// <remarks>Never null after loading.</remarks>
    [Keyword("time_window", Since = "2.4.0", Default = "3 x advert_int whole seconds, clamped 5..300"), Seconds, Range(1, 300), Strict]
    public Duration? TimeWindow { get; private set; }

    /// <summary>How a replayed advertisement is recognised: by the clock (time), or by a counter (monotonic).</summary>
    [Keyword("anti_replay", Since = "2.4.0", Default = "time")]
    public AntiReplay AntiReplay { get; private set; }

    /// <summary>
    /// What happens to advertisements that are not authenticated: enforce drops them, permissive only logs them, receive-only sends
    /// none itself.
    /// </summary>
    [Keyword("mode", Since = "2.4.0", Default = "enforce")]
    public HmacMode Mode { get; private set; }
}
