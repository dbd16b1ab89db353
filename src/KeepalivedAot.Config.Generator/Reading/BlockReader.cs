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
        "DeprecatedAlias", "Deprecated",
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
        foreach (IPropertySymbol property in type.GetMembers().OfType<IPropertySymbol>())
        {
            bool isPositional = property.Has("Positional");
            if (!isPositional && !property.Has("Keyword") && !property.Has("Sets") && !property.Has("Clears"))
            {
                if (ValueAttributes.Any(property.Has))
                    misuses.Add(Misuse.At(Misuses.NoKeyword, property, property.Name));
                continue;
            }
            if (SettingReader.Read(property, misuses, cancellation) is not SettingModel setting)
                continue;
            (isPositional ? positionals : settings).Add(setting);
            ReadWords(property, words);
        }
        ReadKnownWords(type, words);
        CheckWords(type, words, misuses);
        if (label is not null && !HasName(type))
            misuses.Add(Misuse.At(Misuses.NoName, type, type.Name));
        if (positionals.Count != (isLine ? 1 : 0))
            misuses.Add(Misuse.At(Misuses.NoPositional, type, type.Name));

        return new BlockModel(
            type.ContainingNamespace.ToDisplayString(),
            type.Name,
            block?.Text() ?? "<line>",
            label,
            isLine,
            positionals.FirstOrDefault(),
            new EquatableArray<SettingModel>([.. settings]),
            new EquatableArray<WordModel>([.. words]),
            new EquatableArray<Misuse>([.. misuses]));
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

    private static void ReadKnownWords(INamedTypeSymbol type, List<WordModel> words)
    {
        foreach (AttributeData attribute in type.All("NotYet"))
        {
            foreach (string word in attribute.Texts())
                words.Add(new WordModel(word, WordForm.NotYet, null, null, null, false));
        }
        foreach (AttributeData attribute in type.All("NoEffect"))
        {
            foreach (string word in attribute.Texts())
                words.Add(new WordModel(word, WordForm.NoEffect, null, null, null, false));
        }
    }

    private static void CheckWords(INamedTypeSymbol type, List<WordModel> words, List<Misuse> misuses)
    {
        HashSet<string> seen = [];
        foreach (WordModel word in words)
        {
            ISymbol place = (word.Setting is null ? null : type.GetMembers(word.Setting).FirstOrDefault()) ?? type;
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
