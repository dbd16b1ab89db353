namespace KeepalivedAot.Config.Schema;

/// <summary>The number is rejected when anything follows its digits (grammar: "strict"); else the digits are used outside a config test.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class StrictAttribute : Attribute;
