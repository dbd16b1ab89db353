using System.Collections.Immutable;
using System.Globalization;
using KeepalivedAot.Config.Generator.Model;
using Microsoft.CodeAnalysis;

namespace KeepalivedAot.Config.Generator.Reading;

/// <summary>From a property to a <see cref="SettingModel"/>.</summary>
internal static class SettingReader
{
    private static readonly SymbolDisplayFormat FullName
        = SymbolDisplayFormat.FullyQualifiedFormat.WithMiscellaneousOptions(
            SymbolDisplayFormat.FullyQualifiedFormat.MiscellaneousOptions & ~SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    public static SettingModel? Read(IPropertySymbol property, List<Misuse> misuses, CancellationToken cancellation)
    {
        bool isFlag = property.Has("Sets") || property.Has("Clears");
        AttributeData? keyword = property.Find("Keyword");
        (ITypeSymbol type, bool isNullable) = WithoutNullable(property.Type);
        ValueKind? found = isFlag ? FlagKind(type) : KindOf(property, type);
        if (found is not ValueKind kind)
        {
            misuses.Add(Misuse.At(isFlag ? Misuses.NotBoolean : Misuses.UnsupportedType, property, property.Name));
            return null;
        }
        bool isCollection = kind is ValueKind.NamedBlocks or ValueKind.Lines or ValueKind.Blocks or ValueKind.HeadedBlocks or ValueKind.NamedLines
            or ValueKind.Names or ValueKind.RepeatedArguments;
        if (property.SetMethod is null && (isNullable || (!isCollection && kind != ValueKind.Block)))
            misuses.Add(Misuse.At(Misuses.NotSettable, property, property.Name));
        AttributeData? unit = property.Find("Seconds") ?? property.Find("Milliseconds");
        if (kind == ValueKind.Duration && unit is null)
            misuses.Add(Misuse.At(Misuses.NoUnit, property, property.Name));
        int decimals = unit.Named<int>("Decimals");
        (long? minimum, long? maximum) = Range(property, kind, type, decimals, misuses);
        ImmutableArray<ChoiceModel> choices = kind == ValueKind.Choice ? Choices(type) : [];
        if (kind == ValueKind.Choice && choices.IsEmpty)
            misuses.Add(Misuse.At(Misuses.NoWords, property, property.Name));
        if (isCollection && kind != ValueKind.Names)
            type = ((INamedTypeSymbol)type).TypeArguments[0];
        AttributeData? positional = property.Find("Positional");
        string? bare = Bare(keyword.Named<string>("Bare"), property, kind, decimals, misuses);
        string? defaultText = keyword.Named<string>("Default") ?? positional.Named<string>("Default") ?? HelpReading.Initializer(property, cancellation);
        return new SettingModel(
            property.Name,
            positional?.Text() ?? "",
            kind,
            type.ToDisplayString(FullName),
            isNullable,
            decimals,
            property.Has("Milliseconds"),
            minimum,
            maximum,
            property.Has("Strict"),
            keyword.Named<bool>("Optional") || positional.Named<bool>("Optional") || bare is not null,
            keyword.Named<bool>("Required"),
            keyword.Named<bool>("SurvivesMissingValue"),
            property.Has("Secret"),
            property.Has("Multicast"),
            Family(property),
            property.Find("MaxLength")?.ConstructorArguments[0].Value as int?,
            new EquatableArray<ChoiceModel>(choices),
            Fallback(property, kind, decimals, choices, misuses),
            defaultText,
            HelpReading.Help(property, cancellation),
            property.Find("Deprecated")?.Text(),
            property.Find("Deprecated").Named<bool>("Counts"),
            bare,
            keyword.Named<bool>("FirstWins"),
            keyword.Named<bool>("RepeatCounts"),
            property.Has("NotYet"),
            property.Has("NoEffect"),
            property.Find("NoEffect").Named<bool>("SaysItself"),
            positional.Named<bool>("Anywhere"),
            positional.Named<string>("Since"),
            keyword.Named<string>("Arguments") ?? (kind == ValueKind.HeadedBlocks ? $"{type.Find("Block").Named<string>("Label")} block" : null),
            keyword.Named<bool>("ExactlyOne"),
            property.Find("NotHere")?.Text(),
            type.IsValueType,
            type.Find("LineBlock").Named<bool>("FormatsItself"),
            new EquatableArray<FormModel>([.. property.All("Form").Select(static f => new FormModel(
                f.Text(), (f.ConstructorArguments[1].Value as ITypeSymbol)?.ToDisplayString(FullName) ?? ""))]),
            keyword.Named<bool>("SurvivesRejection"),
            keyword.Named<string>("Keeps"),
            keyword.Named<bool>("Adds"),
            property.Has("RuleAction"));
    }

    private static (ITypeSymbol Type, bool IsNullable) WithoutNullable(ITypeSymbol type)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T } value)
            return (value.TypeArguments[0], true);
        return (type, type.NullableAnnotation == NullableAnnotation.Annotated);
    }

    private static ValueKind? FlagKind(ITypeSymbol type)
        => type.SpecialType == SpecialType.System_Boolean ? ValueKind.Flag : null;

    private static ValueKind? KindOf(IPropertySymbol property, ITypeSymbol type)
    {
        switch (type.SpecialType)
        {
            case SpecialType.System_Boolean:
                return ValueKind.Boolean;
            case SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16
                or SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64:
                return ValueKind.Integer;
            case SpecialType.System_String:
                return property.Has("InterfaceName") ? ValueKind.Interface : ValueKind.String;
        }
        if (type is IArrayTypeSymbol { ElementType.SpecialType: SpecialType.System_Byte })
            return property.Has("Secret") ? ValueKind.Secret : null;
        if (type.TypeKind == TypeKind.Enum)
            return ValueKind.Choice;
        if (type.Has("LineBlock"))
            return ValueKind.Options;
        if (type.Has("Block"))
            return type.Find("Block").Named<string>("Label") is null && !HasMember(type, "Header") ? ValueKind.Block : null;
        switch (type.ToDisplayString())
        {
            case Names.Duration:
                return ValueKind.Duration;
            case Names.IpAddress:
                return ValueKind.Address;
            case Names.IpPrefix:
                return ValueKind.Prefix;
        }
        if (type is INamedTypeSymbol { Name: "List", TypeArguments.Length: 1 } list && list.TypeArguments[0] is INamedTypeSymbol item)
        {
            if (item.Has("LineBlock"))
                return ValueKind.Lines;
            if (item.ToDisplayString() == Names.ConfigName)
                return ValueKind.Names;
            if (Implements(item, Names.ConfigArguments))
                return ValueKind.RepeatedArguments;
            if (!item.Has("Block"))
                return null;
            if (HasMember(item, "Header"))
                return ValueKind.HeadedBlocks;
            if (item.Find("Block").Named<string>("Label") is null)
                return ValueKind.Blocks;
            return HasMember(item, "Content") ? ValueKind.NamedLines : ValueKind.NamedBlocks;
        }
        if (Implements(type, Names.ConfigArguments))
            return ValueKind.Arguments;
        return type.IsValueType && Implements(type, Names.ConfigValue) ? ValueKind.SelfReading : null;
    }

    private static bool Implements(ITypeSymbol type, string contract)
        => type.AllInterfaces.Any(i => i.OriginalDefinition.ToDisplayString() == contract);

    private static bool HasMember(ITypeSymbol type, string attribute)
        => type.GetMembers().OfType<IPropertySymbol>().Any(p => p.Has(attribute));

    private static string? Bare(string? text, IPropertySymbol property, ValueKind kind, int decimals, List<Misuse> misuses)
    {
        if (text is null)
            return null;
        if (kind is ValueKind.String or ValueKind.Interface)
            return Emitting.CodeWriter.Literal(text);
        bool isNumber = kind is ValueKind.Integer or ValueKind.Duration;
        if (isNumber && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number))
            return Scaled(number, decimals)?.ToString(CultureInfo.InvariantCulture);
        misuses.Add(Misuse.At(Misuses.BadFallback, property, property.Name));
        return null;
    }

    private static (long? Minimum, long? Maximum) Range(
        IPropertySymbol property, ValueKind kind, ITypeSymbol type, int decimals, List<Misuse> misuses)
    {
        AttributeData? range = property.Find("Range");
        bool isNumber = kind is ValueKind.Integer or ValueKind.Duration;
        if (range is null && !isNumber)
            return (null, null);
        long? minimum = Scaled(range?.ConstructorArguments[0].Value, decimals);
        long? maximum = Scaled(range?.ConstructorArguments[1].Value, decimals);
        (long smallest, long largest) = kind == ValueKind.Duration ? (0, long.MaxValue) : Limits(type.SpecialType);
        if (!isNumber || minimum is null || maximum is null || minimum > maximum || minimum < smallest || maximum > largest)
            misuses.Add(Misuse.At(Misuses.NoRange, property, property.Name));
        return (minimum, maximum);
    }

    private static long? Scaled(object? value, int decimals)
    {
        decimal number;
        switch (value)
        {
            case long whole:
                number = whole;
                break;
            case double real:
                number = (decimal)real;
                break;
            default:
                return null;
        }
        for (int i = 0; i < decimals; i++)
            number *= 10;
        return number == decimal.Truncate(number) ? (long)number : null;
    }

    private static (long Smallest, long Largest) Limits(SpecialType type) => type switch
    {
        SpecialType.System_Byte => (byte.MinValue, byte.MaxValue),
        SpecialType.System_SByte => (sbyte.MinValue, sbyte.MaxValue),
        SpecialType.System_Int16 => (short.MinValue, short.MaxValue),
        SpecialType.System_UInt16 => (ushort.MinValue, ushort.MaxValue),
        SpecialType.System_Int32 => (int.MinValue, int.MaxValue),
        SpecialType.System_UInt32 => (uint.MinValue, uint.MaxValue),
        _ => (long.MinValue, long.MaxValue),
    };

    private static ImmutableArray<ChoiceModel> Choices(ITypeSymbol type)
        => [.. type.GetMembers().OfType<IFieldSymbol>()
            .Where(static f => f.Has("Word"))
            .Select(static f => new ChoiceModel(f.Find("Word")!.Text(), f.Name))];

    private static string? Fallback(
        IPropertySymbol property, ValueKind kind, int decimals, ImmutableArray<ChoiceModel> choices, List<Misuse> misuses)
    {
        if (property.Find("Fallback")?.Text() is not string text)
            return null;
        string? value = null;
        if (kind == ValueKind.Choice)
            value = choices.FirstOrDefault(c => c.Word == text)?.Member;
        else if (kind is ValueKind.Integer or ValueKind.Duration && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
            value = Scaled(number, decimals)?.ToString(CultureInfo.InvariantCulture);
        if (value is null)
            misuses.Add(Misuse.At(Misuses.BadFallback, property, property.Name));
        return value;
    }

    private static string Family(IPropertySymbol property)
        => property.Find("Family")?.ConstructorArguments[0].Value switch
        {
            (byte)1 => "IPv4",
            (byte)2 => "IPv6",
            _ => "None",
        };
}
