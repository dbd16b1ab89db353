using System.Globalization;
using KeepalivedAot.Config.Generator.Model;

namespace KeepalivedAot.Config.Generator.Emitting;

/// <summary>Writes how one word's value gets into its property.</summary>
internal static class ValueEmitter
{
    public static void Emit(CodeWriter code, SettingModel setting, WordModel word)
    {
        if (setting.DeprecatedFor is not null)
            code.Line($"parser.NoteDeprecated({CodeWriter.Literal(setting.DeprecatedFor)}, false);");
        if (setting.SurvivesMissingValue)
            code.Line("parser.ForgiveMissingValue();");
        switch (setting.Kind)
        {
            case ValueKind.Flag:
                code.Line($"{setting.Property} = {(word.Form == WordForm.Sets ? "true" : "false")};");
                code.Line(Given(setting));
                break;
            case ValueKind.Choice:
                EmitChoice(code, setting);
                break;
            case ValueKind.Block:
                EmitBlock(code, setting);
                break;
            case ValueKind.NamedBlocks:
                EmitNamedBlocks(code, setting);
                break;
            case ValueKind.Lines:
                EmitLines(code, setting);
                break;
            default:
                code.Open($"if ({Try(setting)})");
                code.Line($"{setting.Property} = {Assigned(setting)};");
                code.Line(Given(setting));
                code.Close();
                if (setting.Fallback is string number)
                {
                    code.Open("else");
                    code.Line($"{setting.Property} = {Assigned(setting, number)};");
                    code.Line(Given(setting));
                    code.Close();
                }
                break;
        }
    }

    /// <summary>The first word of a line: without it the line is nothing.</summary>
    public static void EmitPositional(CodeWriter code, SettingModel setting)
    {
        code.Line($"if (!{Try(setting, "first")})");
        code.Line("    return false;");
        code.Line($"{setting.Property} = {Assigned(setting, "first")};");
        code.Line(Given(setting));
    }

    private static string Try(SettingModel setting, string value = "value")
    {
        string range = $"{Number(setting.Minimum)}, {Number(setting.Maximum)}, {Bool(setting.IsStrict)}";
        return setting.Kind switch
        {
            ValueKind.Boolean => $"parser.TryBoolean({Bool(setting.IsOptional)}, out bool {value})",
            ValueKind.Integer => $"parser.TryInteger({range}, out long {value})",
            ValueKind.Duration when setting.Decimals == 0 => $"parser.TryInteger({range}, out long {value})",
            ValueKind.Duration => $"parser.TryDecimal({setting.Decimals}, {range}, out long {value})",
            ValueKind.Address =>
                $"parser.TryAddress({Family(setting)}, {Bool(setting.IsMulticast)}, out global::KeepalivedAot.Base.Net.IpAddress {value})",
            ValueKind.Prefix => $"parser.TryPrefix({Family(setting)}, out global::KeepalivedAot.Config.IpPrefix {value})",
            ValueKind.Interface => $"parser.TryInterfaceName(out string {value})",
            ValueKind.Secret => $"parser.TrySecret(out byte[] value)",
            ValueKind.SelfReading => $"parser.TryValue(out {setting.Type} {value})",
            _ => $"parser.TryString({(setting.MaxLength is int longest ? longest.ToString(CultureInfo.InvariantCulture) : "null")}, out string {value})",
        };
    }

    private static string Assigned(SettingModel setting, string value = "value") => setting.Kind switch
    {
        ValueKind.Integer => $"({setting.Type}){value}",
        ValueKind.Duration => $"{setting.Type}.From{Unit(setting)}({value})",
        _ => value,
    };

    private static string Unit(SettingModel setting)
        => (setting.Decimals + (setting.InMilliseconds ? 3 : 0)) switch
        {
            0 => "Seconds",
            3 => "Milliseconds",
            _ => "Microseconds",
        };

    private static void EmitChoice(CodeWriter code, SettingModel setting)
    {
        ChoiceModel? bare = setting.Choices.Items.FirstOrDefault(static c => c.Word.Length == 0);
        List<ChoiceModel> words = [.. setting.Choices.Items.Where(static c => c.Word.Length != 0)];
        if (setting.IsOptional && bare is not null)
        {
            code.Open("if (!parser.HasNext)");
            code.Line($"{setting.Property} = {setting.Type}.{bare.Member};");
            code.Line(Given(setting));
            code.Line("break;");
            code.Close();
        }
        code.Line("if (!parser.TryChoice(out ReadOnlySpan<byte> choice))");
        code.Line("    break;");
        string otherwise = "";
        foreach (ChoiceModel word in words)
        {
            code.Line($"{otherwise}if (choice.SequenceEqual({CodeWriter.Literal(word.Word)}u8))");
            code.Line($"    {setting.Property} = {setting.Type}.{word.Member};");
            otherwise = "else ";
        }
        code.Open("else");
        code.Line($"parser.RejectChoice({string.Join(", ", words.Select(static w => CodeWriter.Literal(w.Word)))});");
        code.Line(setting.Fallback is null ? "break;" : $"{setting.Property} = {setting.Type}.{setting.Fallback};");
        code.Close();
        code.Line(Given(setting));
    }

    private static void EmitBlock(CodeWriter code, SettingModel setting)
    {
        if (setting.IsNullable)
            code.Line($"{setting.Property} ??= new {setting.Type}();");
        code.Line($"_spans.{setting.Property} = parser.Header;");
        code.Line($"{setting.Property}.Begin(parser);");
        code.Line($"parser.ParseBlock({setting.Property});");
    }

    private static void EmitNamedBlocks(CodeWriter code, SettingModel setting)
    {
        code.Line("if (!parser.TryName(out string name))");
        code.Line("    break;");
        code.Line($"{setting.Type} block = new();");
        code.Line("block.Begin(parser, name);");
        code.Line("if (parser.ParseBlock(block))");
        code.Line($"    {setting.Property}.Add(block);");
    }

    private static void EmitLines(CodeWriter code, SettingModel setting)
    {
        code.Line("SourceSpan header = parser.Header;");
        code.Line("if (!parser.TryOpenLines())");
        code.Line("    break;");
        code.Line($"_spans.{setting.Property} = header;");
        code.Open("while (parser.TryNextLine())");
        code.Line($"{setting.Type} line = new();");
        code.Line("if (line.Read(parser))");
        code.Line($"    {setting.Property}.Add(line);");
        code.Close();
    }

    private static string Given(SettingModel setting) => $"parser.Given(ref _spans.{setting.Property});";

    private static string Family(SettingModel setting) => $"global::KeepalivedAot.Base.Net.AddressFamily.{setting.Family}";

    private static string Bool(bool value) => value ? "true" : "false";

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "0";
}
