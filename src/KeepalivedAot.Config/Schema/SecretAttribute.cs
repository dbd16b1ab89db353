namespace KeepalivedAot.Config.Schema;

/// <summary>The value is never shown: not in a diagnostic, a log line or a dump.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;
