using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace KeepalivedAot.Config.Generator.Reading;

/// <summary>The help text of a word is the summary of its property; its default, where it is not said in words, the initializer.</summary>
internal static class HelpReading
{
    public static string? Help(IPropertySymbol property, CancellationToken cancellation)
    {
        if (Syntax(property, cancellation) is not PropertyDeclarationSyntax syntax)
            return null;
        StringBuilder comment = new();
        // The trivia is looked at as text, because without a documentation file the compiler does not parse it.
        foreach (string line in syntax.GetLeadingTrivia().ToFullString().Split('\n'))
        {
            string trimmed = line.Trim();
            if (trimmed.StartsWith("///", StringComparison.Ordinal))
                comment.Append(trimmed.Substring(3).Trim()).Append(' ');
        }
        string text = comment.ToString();
        int start = text.IndexOf("<summary>", StringComparison.Ordinal);
        int end = text.IndexOf("</summary>", StringComparison.Ordinal);
        if (start < 0 || end < start)
            return null;
        start += "<summary>".Length;
        return WithoutTags(text.Substring(start, end - start)).Trim();
    }

    public static string? Initializer(IPropertySymbol property, CancellationToken cancellation)
        => Syntax(property, cancellation)?.Initializer?.Value switch
        {
            LiteralExpressionSyntax literal => literal.Token.ValueText,
            PrefixUnaryExpressionSyntax { Operand: LiteralExpressionSyntax } negative => negative.ToString(),
            InvocationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => arguments[0].ToString(),
            MemberAccessExpressionSyntax member => member.Name.ToString(),
            _ => null,
        };

    private static PropertyDeclarationSyntax? Syntax(IPropertySymbol property, CancellationToken cancellation)
        => property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellation) as PropertyDeclarationSyntax;

    // <see cref="A.B"/> becomes B, <c>x</c> becomes x.
    private static string WithoutTags(string text)
    {
        StringBuilder plain = new();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] != '<')
            {
                plain.Append(text[i]);
                continue;
            }
            int end = text.IndexOf('>', i);
            if (end < 0)
                break;
            string tag = text.Substring(i, end - i);
            int name = tag.IndexOf("ref=\"", StringComparison.Ordinal);
            if (name >= 0)
            {
                string target = tag.Substring(name + 5).TrimEnd('/', ' ').TrimEnd('"');
                plain.Append(target.Substring(target.LastIndexOf('.') + 1));
            }
            i = end;
        }
        return plain.ToString().Replace("&lt;", "<").Replace("&gt;", ">").Replace("&amp;", "&");
    }
}
