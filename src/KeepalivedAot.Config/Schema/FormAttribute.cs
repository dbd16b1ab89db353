namespace KeepalivedAot.Config.Schema;

/// <summary>
/// The value of the keyword reads itself, and what it reads are the options of a line: in one form, or in that which a word between
/// the keyword and the options chooses (<c>encap mpls</c>).
/// </summary>
/// <param name="word">The word that chooses it; "" when there is only one form.</param>
/// <param name="options">A <see cref="LineBlockAttribute"/> class.</param>
[AttributeUsage(AttributeTargets.Property, AllowMultiple = true)]
public sealed class FormAttribute(string word, Type options) : Attribute
{
    public string Word { get; } = word;
    public Type Options { get; } = options;
}
