using System.Globalization;
using KeepalivedAot.Config.Generator.Model;

namespace KeepalivedAot.Config.Generator.Emitting;

/// <summary>Writes the table of a block's words.</summary>
internal static class SchemaEmitter
{
    public static void Emit(CodeWriter code, BlockModel block)
    {
        if (block.Content is SettingModel content)
        {
            code.Line($"private static BlockSchema CreateSchema() => {content.Type}.Schema;");
            return;
        }
        code.Line("private static BlockSchema CreateSchema() => new(");
        code.Indent();
        code.Line($"{CodeWriter.Literal(block.Word)},");
        code.Line($"{CodeWriter.Literal(block.Label)},");
        code.Line("[");
        code.Indent();
        foreach (SettingModel positional in block.Positionals)
            EmitPositional(code, positional);
        foreach (WordModel word in block.Words)
            EmitWord(code, block, word);
        code.Outdent();
        code.Line(block.Header?.Kind == ValueKind.Options ? $"], {block.Header.Type}.Schema);" : "]);");
        code.Outdent();
    }

    private static void EmitPositional(CodeWriter code, SettingModel positional)
    {
        code.Open("new WordSchema");
        code.Line($"Word = {CodeWriter.Literal($"({positional.What})")},");
        code.Line($"Kind = WordKind.{Kind(positional)},");
        code.Line($"Arguments = {Arguments(positional)},");
        code.Line("IsPositional = true,");
        Optional(code, "Since", positional.Since);
        Optional(code, "Default", positional.Default);
        EmitFacts(code, positional);
        if (!positional.IsOptional && !positional.IsAnywhere)
            code.Line("IsRequired = true,");
        code.Close(",");
    }

    private static void EmitWord(CodeWriter code, BlockModel block, WordModel word)
    {
        SettingModel setting = block.SettingOf(word);
        code.Open("new WordSchema");
        code.Line($"Word = {CodeWriter.Literal(word.Word)},");
        code.Line($"Kind = WordKind.{Kind(setting)},");
        code.Line($"Arguments = {Arguments(setting)},");
        EmitStatus(code, block, word, setting);
        Optional(code, "Default", word.Default ?? Default(word.Form is WordForm.Alias or WordForm.DeprecatedAlias ? block.TargetOf(word) : word, setting));
        EmitFacts(code, setting);
        if (setting.IsRequired)
            code.Line("IsRequired = true,");
        if (setting.Kind is ValueKind.Block or ValueKind.NamedBlocks or ValueKind.Lines or ValueKind.Blocks or ValueKind.HeadedBlocks
            or ValueKind.NamedLines or ValueKind.Options)
        {
            code.Line($"Child = {setting.Type}.Schema,");
        }
        foreach (FormModel form in setting.Forms.Items.Where(static f => f.Word.Length == 0))
            code.Line($"Child = {form.Type}.Schema,");
        List<string> forms = [.. setting.Forms.Items.Where(static f => f.Word.Length != 0)
            .Select(static f => $"({CodeWriter.Literal(f.Word)}, {f.Type}.Schema)")];
        if (forms.Count > 0)
            code.Line($"Forms = [{string.Join(", ", forms)}],");
        code.Close(",");
    }

    private static void EmitStatus(CodeWriter code, BlockModel block, WordModel word, SettingModel setting)
    {
        (string status, string? instead) = word.Form switch
        {
            WordForm.Alias => ("Alias", block.TargetOf(word).Word),
            WordForm.DeprecatedAlias => ("Deprecated", block.TargetOf(word).Word),
            _ when setting.DeprecatedFor is not null => ("Deprecated", setting.DeprecatedFor),
            _ when setting.IsNoEffect => ("NoEffect", null),
            _ => ("Current", null),
        };
        if (status != "Current")
            code.Line($"Status = WordStatus.{status},");
        Optional(code, "Instead", instead);
        Optional(code, "Since", word.Since);
    }

    private static void EmitFacts(CodeWriter code, SettingModel setting)
    {
        Optional(code, "Help", setting.Help);
        code.Line($"Property = nameof({setting.Property}),");
        if (setting.IsNotYet)
            code.Line("IsNotYet = true,");
        Optional(code, "NotHere", setting.NotHere);
        if (setting.Decimals != 0)
            code.Line($"Decimals = {setting.Decimals},");
        if (setting.Minimum is long minimum)
            code.Line($"Minimum = {minimum.ToString(CultureInfo.InvariantCulture)},");
        if (setting.Maximum is long maximum)
            code.Line($"Maximum = {maximum.ToString(CultureInfo.InvariantCulture)},");
        if (setting.IsStrict)
            code.Line("IsStrict = true,");
        if (setting.IsSecret)
            code.Line("IsSecret = true,");
        List<string> choices = [.. setting.Choices.Items.Where(static c => c.Word.Length != 0).Select(static c => CodeWriter.Literal(c.Word))];
        if (choices.Count > 0)
            code.Line($"Choices = [{string.Join(", ", choices)}],");
    }

    private static void Optional(CodeWriter code, string name, string? value)
    {
        if (value is not null)
            code.Line($"{name} = {CodeWriter.Literal(value)},");
    }

    private static string Kind(SettingModel setting) => setting.Kind switch
    {
        ValueKind.Flag => "Flag",
        ValueKind.Boolean => "Boolean",
        ValueKind.Integer => "Integer",
        ValueKind.Duration => setting.Decimals == 0 ? "Integer" : "Decimal",
        ValueKind.Address => "Address",
        ValueKind.Prefix => "Prefix",
        ValueKind.Interface => "Interface",
        ValueKind.Choice or ValueKind.SelfReading => "Choice",
        ValueKind.Block or ValueKind.NamedBlocks or ValueKind.Blocks or ValueKind.HeadedBlocks => "Block",
        ValueKind.Lines or ValueKind.NamedLines => "Lines",
        ValueKind.Names => "Names",
        ValueKind.Arguments when setting.Forms.Items.Any(static f => f.Word.Length == 0) => "Options",
        ValueKind.Arguments or ValueKind.RepeatedArguments => "Arguments",
        ValueKind.Options => "Options",
        _ => "Text",
    };

    // The notation of the keyword table.
    private static string Arguments(SettingModel setting)
    {
        if (setting.Arguments is not null)
            return CodeWriter.Literal(setting.Arguments);
        // Arguments implement their interface explicitly, because it is not public: only a type parameter gets at it.
        if (setting.Kind is ValueKind.Arguments or ValueKind.RepeatedArguments)
            return $"ConfigArguments.Expected<{setting.Type}>()";
        if (setting.Kind == ValueKind.SelfReading)
            return $"{setting.Type}.Expects";
        string strict = (setting.IsStrict ? "!" : "") + (setting.Bare is null ? "" : "?");
        string text = setting.Kind switch
        {
            ValueKind.Flag => "flag",
            ValueKind.Boolean => setting.IsOptional ? "bool?" : "bool",
            ValueKind.Integer => $"{(setting.Minimum < 0 ? "int" : "uint")}{strict} {Range(setting)}",
            ValueKind.Duration => $"{(setting.Decimals == 0 ? "uint" : "dec" + setting.Decimals)}{strict} {Range(setting)} ({(setting.InMilliseconds ? "msec" : "sec")})",
            ValueKind.Address => $"ip{(setting.Family == "None" ? "" : setting.Family.Substring(3))}{(setting.IsMulticast ? " multicast" : "")}",
            ValueKind.Prefix => "ip[/len]",
            ValueKind.Interface => "iface(<=15)",
            ValueKind.Choice => Choices(setting),
            ValueKind.Block or ValueKind.Blocks => "block",
            ValueKind.NamedBlocks => setting.MaxLength is int most ? $"name(<={most}) block" : "name block",
            ValueKind.NamedLines => "name block{line}",
            ValueKind.Names => "block{name...}",
            ValueKind.Lines => "block{line}",
            _ when setting.IsOptional => "[string]",
            _ => setting.MaxLength is int longest ? $"string(<={longest})" : "string",
        };
        return CodeWriter.Literal(text);
    }

    private static string Choices(SettingModel setting)
    {
        string words = string.Join("|", setting.Choices.Items.Where(static c => c.Word.Length != 0).Select(static c => c.Word));
        return setting.IsOptional ? $"[{words}]" : words;
    }

    private static string Range(SettingModel setting) => $"{Scaled(setting.Minimum, setting.Decimals)}..{Scaled(setting.Maximum, setting.Decimals)}";

    private static string Scaled(long? value, int decimals)
    {
        decimal number = value ?? 0;
        for (int i = 0; i < decimals; i++)
            number /= 10;
        return number.ToString("0.######", CultureInfo.InvariantCulture);
    }

    private static string? Default(WordModel word, SettingModel setting)
    {
        if (setting.Default is not null && setting.Kind != ValueKind.Flag)
            return setting.Default;
        return setting.Kind switch
        {
            ValueKind.Flag when word.Form == WordForm.Clears => setting.Default == "true" ? "off" : "on",
            ValueKind.Flag => setting.Default == "true" ? "on" : "off",
            ValueKind.Boolean => "false",
            ValueKind.Integer or ValueKind.Duration => setting.IsNullable || setting.IsRequired ? null : "0",
            ValueKind.Lines or ValueKind.Address or ValueKind.Interface or ValueKind.String => setting.IsRequired ? null : "none",
            _ => null,
        };
    }
}
