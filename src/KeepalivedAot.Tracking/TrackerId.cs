namespace KeepalivedAot.Tracking;

/// <summary>One tracked thing: <c>script chk_http</c>, <c>interface eth1</c>. Things of different kinds may have one name.</summary>
public readonly record struct TrackerId(TrackerKind Kind, string Name);
