namespace KeepalivedAot.Config.Schema;

/// <summary>The address must be a multicast group.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MulticastAttribute : Attribute;
