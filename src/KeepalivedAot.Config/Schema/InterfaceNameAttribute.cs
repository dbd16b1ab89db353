namespace KeepalivedAot.Config.Schema;

/// <summary>The string is the name of a network interface: 1 to 15 bytes, no slash, no blank, not "." or "..".</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class InterfaceNameAttribute : Attribute;
