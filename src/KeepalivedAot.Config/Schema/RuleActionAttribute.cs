namespace KeepalivedAot.Config.Schema;

/// <summary>A word that says what a rule does: a line with a second one, be it the same, is left out.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class RuleActionAttribute : Attribute;
