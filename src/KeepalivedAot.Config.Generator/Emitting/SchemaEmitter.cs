using System.Globalization;
using KeepalivedAot.Config.Generator.Model;

namespace KeepalivedAot.Config.Generator.Emitting;

/// <summary>Writes the table of a block's words.</summary>
internal static class SchemaEmitter
{
    public static void Emit(CodeWriter code, BlockModel block)
    {
        code.Line("private static BlockSchema CreateSchema() => new(");
        code.Indent();
        code.Line($"{CodeWriter.Literal(block.Word)},");
        code.Line($"{CodeWriter.Literal(block.Label)},");
        code.Line("[");
        code.Indent();
        foreach (WordModel word in block.Words)
            EmitWord(code, block, word);
        code.Outdent();
        code.Line("]);");
        code.Outdent();
    }

    private static void EmitWord(CodeWriter code, BlockModel block, WordModel word)
    {
        SettingModel? setting = block.Settings.Items.FirstOrDefault(s => s.Property == word.Setting);
        code.Open("new WordSchema");
        code.Line($"Word = {CodeWriter.Literal(word.Word)},");
        code.Line($"Kind = WordKind.{Kind(setting)},");
        code.Line($"Arguments = {Arguments(setting)},");
        EmitStatus(code, block, word, setting);
        if (setting is not null)
            EmitSetting(code, word, setting);
        code.Close(",");
    }

    private static void EmitStatus(CodeWriter code, BlockModel block, WordModel word, SettingModel? setting)
    {
        string? main = block.Words.Items.FirstOrDefault(w => w.Setting == word.Setting && w.Form == WordForm.Value)?.Word;
        (string status, string? instead) = word.Form switch
        {
            WordForm.Alias => ("Alias", main),
            WordForm.DeprecatedAlias => ("Deprecated", main),
            WordForm.NotYet => ("NotYet", null),
            WordForm.NoEffect => ("NoEffect", null),
            _ when setting?.DeprecatedFor is not null => ("Deprecated", setting.DeprecatedFor),
            _ => ("Current", null),
        };
        if (status != "Current")
            code.Line($"Status = WordStatus.{status},");
        Optional(code, "Instead", instead);
        Optional(code, "Since", word.Since);
    }

    private static void EmitSetting(CodeWriter code, WordModel word, SettingModel setting)
    {
        Optional(code, "Default", word.Default ?? Default(word, setting));
        Optional(code, "Help", setting.Help);
        code.Line($"Property = nameof({setting.Property}),");
        if (setting.Decimals != 0)
            code.Line($"Decimals = {setting.Decimals},");
        if (setting.Minimum is long minimum)
            code.Line($"Minimum = {minimum.ToString(CultureInfo.InvariantCulture)},");
        if (setting.Maximum is long maximum)
            code.Line($"Maximum = {maximum.ToString(CultureInfo.InvariantCulture)},");
        if (setting.IsStrict)
            code.Line("IsStrict = true,");
        if (setting.IsRequired)
            code.Line("IsRequired = true,");
        if (setting.IsSecret)
            code.Line("IsSecret = true,");
        List<string> choices = [.. setting.Choices.Items.Where(static c => c.Word.Length != 0).Select(static c => CodeWriter.Literal(c.Word))];
        if (choices.Count > 0)
            code.Line($"Choices = [{string.Join(", ", choices)}],");
        if (setting.Kind is ValueKind.Block or ValueKind.NamedBlocks or ValueKind.Lines)
            code.Line($"Child = {setting.Type}.Schema,");
    }

    private static void Optional(CodeWriter code, string name, string? value)
    {
        if (value is not null)
            code.Line($"{name} = {CodeWriter.Literal(value)},");
    }

    private static string Kind(SettingModel? setting) => setting?.Kind switch
    {
        null => "Unread",
        ValueKind.Flag => "Flag",
        ValueKind.Boolean => "Boolean",
        ValueKind.Integer => "Integer",
        ValueKind.Duration => setting.Decimals == 0 ? "Integer" : "Decimal",
        ValueKind.Address => "Address",
        ValueKind.Prefix => "Prefix",
        ValueKind.Interface => "Interface",
        ValueKind.Choice or ValueKind.SelfReading => "Choice",
        ValueKind.Block or ValueKind.NamedBlocks => "Block",
        ValueKind.Lines => "Lines",
        _ => "Text",
    };

    // The notation of the keyword table.
    private static string Arguments(SettingModel? setting)
    {
        if (setting is null)
            return "\"\"";
        if (setting.Kind == ValueKind.SelfReading)
            return $"{setting.Type}.Expects";
        string strict = setting.IsStrict ? "!" : "";
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
            ValueKind.Block => "block",
            ValueKind.NamedBlocks => "name block",
            ValueKind.Lines => "block{line}",
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
            ValueKind.Flag when word.Form == WordForm.Sets => setting.Default == "true" ? "on" : "off",
            ValueKind.Flag => setting.Default == "true" ? "off" : "on",
            ValueKind.Boolean => "false",
            ValueKind.Integer or ValueKind.Duration => setting.IsNullable || setting.IsRequired ? null : "0",
            ValueKind.Lines or ValueKind.Address or ValueKind.Interface or ValueKind.String => setting.IsRequired ? null : "none",
            _ => null,
        };
    }
}
