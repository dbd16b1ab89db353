using Microsoft.CodeAnalysis;

namespace KeepalivedAot.Config.Generator.Reading;

/// <summary>What attributes say.</summary>
internal static class AttributeReading
{
    /// <param name="name">Without "Attribute".</param>
    public static IEnumerable<AttributeData> All(this ISymbol symbol, string name)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (attribute.AttributeClass?.ToDisplayString() == Names.Schema + name + "Attribute")
                yield return attribute;
        }
    }

    public static AttributeData? Find(this ISymbol symbol, string name) => symbol.All(name).FirstOrDefault();

    public static bool Has(this ISymbol symbol, string name) => symbol.Find(name) is not null;

    public static string Text(this AttributeData attribute) => attribute.ConstructorArguments[0].Value as string ?? "";

    public static IEnumerable<string> Texts(this AttributeData attribute)
        => attribute.ConstructorArguments[0].Values.Select(static v => v.Value as string ?? "");

    public static T? Named<T>(this AttributeData? attribute, string name)
    {
        foreach (KeyValuePair<string, TypedConstant> argument in attribute?.NamedArguments ?? [])
        {
            if (argument.Key == name && argument.Value.Value is T value)
                return value;
        }
        return default;
    }
}
