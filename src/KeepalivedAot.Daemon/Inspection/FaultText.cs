using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>Faults of packets for people: a name that scripts can compare, and a sentence.</summary>
internal static class FaultText
{
    /// <summary>Stable names.</summary>
    public static string NameOf(VrrpFault fault) => fault switch
    {
        VrrpFault.None => "none",
        VrrpFault.UnexpectedAuthenticationHeader => "unexpected-ah",
        VrrpFault.MissingAuthenticationHeader => "missing-ah",
        VrrpFault.TooShort => "too-short",
        VrrpFault.TooLong => "too-long",
        VrrpFault.HopLimit => "ttl",
        VrrpFault.Version => "version",
        VrrpFault.TrailerMissing => "hmac-missing",
        VrrpFault.TrailerMalformed => "hmac-malformed",
        VrrpFault.TrailerStale => "hmac-stale",
        VrrpFault.TrailerUnknownKey => "hmac-unknown-key",
        VrrpFault.TrailerCode => "hmac-code",
        VrrpFault.TrailerReplay => "hmac-replay",
        VrrpFault.InvalidAuthenticationType => "authentication-type-invalid",
        VrrpFault.AuthenticationTypeMismatch => "authentication-type",
        VrrpFault.Password => "password",
        VrrpFault.HeaderCheckValue => "ah-check-value",
        VrrpFault.HeaderIndex => "ah-spi",
        VrrpFault.HeaderSequence => "ah-sequence",
        VrrpFault.AdvertisementInterval => "interval",
        VrrpFault.Type => "type",
        VrrpFault.TotalLength => "total-length",
        VrrpFault.Checksum => "checksum",
        VrrpFault.Cast => "cast",
        _ => "other",
    };

    /// <param name="mismatch">Of the same check.</param>
    public static string Explain(VrrpFault fault, PacketMismatch mismatch) => fault switch
    {
        VrrpFault.UnexpectedAuthenticationHeader => "it has an Authentication Header, and the authentication type is not AH",
        VrrpFault.MissingAuthenticationHeader => "the authentication type is AH, and it has no Authentication Header",
        VrrpFault.TooShort => $"it is too short: {mismatch.Received} bytes, {mismatch.Expected} are needed",
        VrrpFault.TooLong => $"it is too long: {mismatch.Received} bytes, {mismatch.Expected} are needed",
        VrrpFault.HopLimit => $"TTL or hop limit is {mismatch.Received} and must be 255: it was forwarded, or its sender is no VRRP router",
        VrrpFault.Version => $"VRRP version {mismatch.Received}, and {mismatch.Expected} is expected",
        VrrpFault.TrailerMissing => "it has no auth_hmac trailer, which the mode enforces",
        VrrpFault.TrailerMalformed => "its auth_hmac trailer is malformed",
        VrrpFault.TrailerStale => $"its auth_hmac trailer is {Math.Abs((long)mismatch.Received)} seconds {(mismatch.Received < 0 ? "ahead" : "old")}, and time_window is {mismatch.Expected}",
        VrrpFault.TrailerUnknownKey => $"its auth_hmac trailer was made with key {mismatch.Received}, which is not configured",
        VrrpFault.TrailerCode => "its auth_hmac code is wrong: another key, or changed on the way",
        VrrpFault.TrailerReplay => "its auth_hmac trailer is no newer than one before it: a recording",
        VrrpFault.InvalidAuthenticationType => $"authentication type {mismatch.Received} does not exist",
        VrrpFault.AuthenticationTypeMismatch => $"authentication type {mismatch.Received}, and {mismatch.Expected} is configured",
        VrrpFault.Password => "the password is not the configured one",
        VrrpFault.HeaderCheckValue => "the check value of AH is wrong: another password, or changed on the way",
        VrrpFault.HeaderIndex => "the SPI of AH is not the source address",
        VrrpFault.HeaderSequence => $"the sequence number of AH is {unchecked((uint)mismatch.Received)}, and {unchecked((uint)mismatch.Expected)} was seen: a recording",
        VrrpFault.AdvertisementInterval => $"the interval is {mismatch.Received} s, and {mismatch.Expected} s is configured",
        VrrpFault.Type => $"packet type {mismatch.Received}, and only 1 (advertisement) exists",
        VrrpFault.TotalLength => $"its IP header says {mismatch.Expected} bytes, and {mismatch.Received} are there",
        VrrpFault.Checksum => "the checksum is wrong",
        VrrpFault.Cast => "it came as unicast and multicast is configured, or the other way round",
        _ => "",
    };
}
