namespace KeepalivedAot.Config.Schema;

/// <summary>The defaults in words of what the block inherits from its base class: word, default, word, default.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InheritedDefaultAttribute(params string[] pairs) : Attribute
{
    public string[] Pairs { get; } = pairs;
}
