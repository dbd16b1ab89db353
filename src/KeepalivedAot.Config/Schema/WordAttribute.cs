namespace KeepalivedAot.Config.Schema;

/// <summary>How the user writes a member of an enum; "" is what an optional keyword means that stands alone.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class WordAttribute(string word) : Attribute
{
    public string Word { get; } = word;
}
