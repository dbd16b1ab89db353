namespace KeepalivedAot.Config.Schema;

/// <summary>The address must be of this family.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FamilyAttribute(Base.Net.AddressFamily family) : Attribute
{
    public Base.Net.AddressFamily Family { get; } = family;
}
