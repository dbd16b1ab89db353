namespace KeepalivedAot.Config.Schema;

/// <summary>keepalived's first releases with words that the block inherits from its base class: word, release, word, release.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InheritedSinceAttribute(params string[] pairs) : Attribute
{
    public string[] Pairs { get; } = pairs;
}
