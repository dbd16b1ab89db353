namespace KeepalivedAot.Tracking;

/// <summary>What a tracked thing contributes to one instance or sync group now.</summary>
/// <param name="Adjustment">Added to the base priority. The sum of all is kept unclamped, so that later changes apply to it.</param>
/// <param name="IsFault">It alone keeps the instance in FAULT.</param>
/// <param name="IsAwaited">It has weight 0 and has not been heard of yet: the instance is held until it has.</param>
public readonly record struct TrackerContribution(int Adjustment, bool IsFault, bool IsAwaited = false);
