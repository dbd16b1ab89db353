using System.Text;
using KeepalivedAot.Config.Generator.Emitting;
using KeepalivedAot.Config.Generator.Model;
using KeepalivedAot.Config.Generator.Reading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace KeepalivedAot.Config.Generator;

/// <summary>Makes of every class with [Block] or [LineBlock] a parser, the places of its settings, and a table of its words.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class ConfigGenerator : IIncrementalGenerator
{
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        Register(context, Names.BlockAttribute);
        Register(context, Names.LineBlockAttribute);
    }

    private static void Register(IncrementalGeneratorInitializationContext context, string attribute)
    {
        IncrementalValuesProvider<BlockModel> blocks = context.SyntaxProvider.ForAttributeWithMetadataName(
            attribute,
            static (node, _) => node is ClassDeclarationSyntax,
            static (found, cancellation) => BlockReader.Read(found, cancellation));
        context.RegisterSourceOutput(blocks, static (output, block) =>
        {
            foreach (Misuse misuse in block.Misuses)
                output.ReportDiagnostic(misuse.ToDiagnostic());
            if (block.Misuses.Items.IsEmpty)
                output.AddSource($"{block.Namespace}.{block.TypeName}.g.cs", SourceText.From(BlockEmitter.Emit(block), Utf8));
        });
    }
}
