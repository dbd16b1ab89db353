namespace KeepalivedAot.Config.Schema;

/// <summary>A list of lines that is the whole content of a named block, which then has no keywords.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class ContentAttribute : Attribute;
