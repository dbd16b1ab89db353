using System.Collections.Immutable;
using KeepalivedAot.Config.Generator.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KeepalivedAot.Config.Generator.Reading;

/// <summary>From a declared class to a <see cref="BlockModel"/>.</summary>
internal static class BlockReader
{
    private const int LongestWord = 63;

    private static readonly string[] ValueAttributes =
    [
        "Range", "Seconds", "Milliseconds", "Strict", "MaxLength", "InterfaceName", "Family", "Multicast", "Secret", "Fallback", "Alias",
        "DeprecatedAlias", "Deprecated", "NotYet", "NotHere", "NoEffect",
    ];

    public static BlockModel Read(GeneratorAttributeSyntaxContext found, CancellationToken cancellation)
    {
        INamedTypeSymbol type = (INamedTypeSymbol)found.TargetSymbol;
        List<Misuse> misuses = [];
        AttributeData? block = type.Find("Block");
        bool isLine = block is null;
        string? label = block.Named<string>("Label");
        if (!((ClassDeclarationSyntax)found.TargetNode).Modifiers.Any(SyntaxKind.PartialKeyword) || type.ContainingType is not null)
            misuses.Add(Misuse.At(Misuses.NotPartial, type, type.Name));

        List<SettingModel> settings = [];
        List<WordModel> words = [];
        List<SettingModel> positionals = [];
        List<SettingModel> headers = [];
        List<SettingModel> contents = [];
        foreach (IPropertySymbol property in PropertiesOf(type))
        {
            List<SettingModel> group = property.Has("Positional") ? positionals
                : property.Has("Header") ? headers
                : property.Has("Content") ? contents
                : settings;
            if (group == settings && !property.Has("Keyword") && !property.Has("Sets") && !property.Has("Clears"))
            {
                if (ValueAttributes.Any(property.Has))
                    misuses.Add(Misuse.At(Misuses.NoKeyword, property, property.Name));
                continue;
            }
            if (SettingReader.Read(property, misuses, cancellation) is not SettingModel setting)
                continue;
            group.Add(setting);
            ReadWords(property, words);
        }
        Override(type, "InheritedSince", words, static (word, text) => word with { Since = text });
        Override(type, "InheritedDefault", words, static (word, text) => word with { Default = text });
        CheckWords(type, words, misuses);
        bool isNamed = label is not null && headers.Count == 0;
        if (isNamed && !HasName(type))
            misuses.Add(Misuse.At(Misuses.NoName, type, type.Name));
        bool isMixed = isLine
            ? positionals.Count + settings.Count == 0 || headers.Count + contents.Count > 0
            : positionals.Count > 0 || headers.Count > 1 || contents.Count > (isNamed && settings.Count == 0 ? 1 : 0);
        if (isMixed)
            misuses.Add(Misuse.At(Misuses.NoPositional, type, type.Name));

        return new BlockModel(
            type.ContainingNamespace.ToDisplayString(),
            type.Name,
            block?.Text() ?? "<line>",
            label,
            isNamed,
            isLine,
            type.Find("LineBlock").Named<bool>("FormatsItself"),
            type.Find("LineBlock").Named<bool>("TakesOthers") || positionals.Exists(static p => p.IsAnywhere),
            type.Find("LineBlock").Named<bool>("ReadsItself"),
            type.Find("LineBlock").Named<bool>("DemandsValues"),
            type.Find("LineBlock").Named<int>("MostWords"),
            AsksForSpans(type),
            headers.FirstOrDefault(),
            contents.FirstOrDefault(),
            new EquatableArray<SettingModel>([.. positionals]),
            new EquatableArray<SettingModel>([.. settings]),
            new EquatableArray<WordModel>([.. words]),
            new EquatableArray<Misuse>([.. misuses]));
    }

    private static void Override(INamedTypeSymbol type, string attributeName, List<WordModel> words, Func<WordModel, string, WordModel> change)
    {
        string[] pairs = [.. type.All(attributeName).SelectMany(static a => a.Texts())];
        for (int i = 0; i + 1 < pairs.Length; i += 2)
        {
            int at = words.FindIndex(w => w.Word == pairs[i]);
            if (at >= 0)
                words[at] = change(words[at], pairs[i + 1]);
        }
    }

    private static void ReadWords(IPropertySymbol property, List<WordModel> words)
    {
        Add("Keyword", WordForm.Value);
        Add("Sets", WordForm.Sets);
        Add("Clears", WordForm.Clears);
        Add("Alias", WordForm.Alias);
        Add("DeprecatedAlias", WordForm.DeprecatedAlias);

        void Add(string attributeName, WordForm form)
        {
            foreach (AttributeData attribute in property.All(attributeName))
            {
                words.Add(new WordModel(
                    attribute.Text(), form, property.Name, attribute.Named<string>("Since"), attribute.Named<string>("Default"),
                    attribute.Named<bool>("Counts")));
            }
        }
    }

    // What checkers have in common is declared in a base class, whose settings come first.
    private static IEnumerable<IPropertySymbol> PropertiesOf(INamedTypeSymbol type)
    {
        Stack<INamedTypeSymbol> lineage = new();
        for (INamedTypeSymbol? at = type; at is not null && at.SpecialType != SpecialType.System_Object; at = at.BaseType)
            lineage.Push(at);
        return lineage.SelectMany(static t => t.GetMembers().OfType<IPropertySymbol>());
    }

    // Rules that stand in a base class want to know where a setting was written, which only the derived class knows.
    private static bool AsksForSpans(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? at = type.BaseType; at is not null; at = at.BaseType)
        {
            if (at.GetMembers("SpanOf").OfType<IMethodSymbol>().Any(static m => m.IsAbstract))
                return true;
        }
        return false;
    }

    private static void CheckWords(INamedTypeSymbol type, List<WordModel> words, List<Misuse> misuses)
    {
        HashSet<string> seen = [];
        foreach (WordModel word in words)
        {
            ISymbol place = type.GetMembers(word.Setting).FirstOrDefault() ?? type;
            bool isWord = word.Word.Length is > 0 and <= LongestWord && word.Word.All(static c => c is > ' ' and < '\x7F' and not ('"' or '{' or '}'));
            if (!isWord)
                misuses.Add(Misuse.At(Misuses.BadWord, place, word.Word));
            if (!seen.Add(word.Word))
                misuses.Add(Misuse.At(Misuses.DuplicateWord, place, word.Word));
        }
    }

    private static bool HasName(INamedTypeSymbol type)
        => type.GetMembers("Name").OfType<IPropertySymbol>()
            .Any(static p => p.SetMethod is not null && p.Type.SpecialType == SpecialType.System_String);
}
