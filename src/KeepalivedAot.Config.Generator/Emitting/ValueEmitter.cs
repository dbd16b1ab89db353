using System.Globalization;
using KeepalivedAot.Config.Generator.Model;

namespace KeepalivedAot.Config.Generator.Emitting;

/// <summary>Writes how one word's value gets into its property.</summary>
internal static class ValueEmitter
{
    /// <param name="place">The setting's number in the table of places.</param>
    /// <param name="dropsRejected">A value that is rejected spoils the whole line.</param>
    public static void Emit(CodeWriter code, SettingModel setting, WordModel word, int place, bool dropsRejected = false)
    {
        if (setting.DeprecatedFor is not null)
            code.Line($"parser.NoteDeprecated({CodeWriter.Literal(setting.DeprecatedFor)}, {Bool(setting.DeprecationCounts)});");
        if (setting.IsNotYet)
            code.Line("parser.NoteNotYet();");
        if (setting.NotHere is not null)
            code.Line($"parser.NoteNotHere({CodeWriter.Literal(setting.NotHere)});");
        if (setting.IsNoEffect && !setting.SaysNoEffectItself)
            code.Line("parser.NoteNoEffect();");
        if (setting.SurvivesMissingValue)
            code.Line("parser.ForgiveMissingValue();");
        if (setting.FirstWins)
        {
            code.Line($"if (parser.RejectsSecond(_spans.Table[{place}]))");
            code.Line("    break;");
        }
        if (setting.ExactlyOne && setting.Kind is not (ValueKind.NamedBlocks or ValueKind.NamedLines))
        {
            code.Line("if (!parser.HasExactlyOne())");
            code.Line("    break;");
        }
        switch (setting.Kind)
        {
            case ValueKind.Flag:
                code.Line($"{setting.Property} = {(word.Form == WordForm.Sets ? "true" : "false")};");
                code.Line(Given(setting, place));
                break;
            case ValueKind.Choice:
                EmitChoice(code, setting, place);
                break;
            case ValueKind.Block:
                EmitBlock(code, setting, place);
                break;
            case ValueKind.NamedBlocks:
            case ValueKind.NamedLines:
                EmitNamed(code, setting);
                break;
            case ValueKind.Blocks:
                code.Line($"{setting.Type} block = new();");
                code.Line("block.Begin(parser);");
                code.Line("if (parser.ParseBlock(block))");
                code.Line($"    {List(setting)}.Add(block);");
                break;
            case ValueKind.HeadedBlocks:
                EmitHeadedBlocks(code, setting);
                break;
            case ValueKind.Lines:
                EmitLines(code, setting, place);
                break;
            case ValueKind.Names:
                EmitNames(code, setting, place);
                break;
            case ValueKind.RepeatedArguments:
                code.Open($"if (parser.TryArguments(out {setting.Type} value))");
                code.Line($"{List(setting)}.Add(value);");
                code.Line($"_spans.Table.Set({place}, parser.ValueSpan);");
                code.Close();
                break;
            case ValueKind.Options:
                code.Line("parser.BeginOptions();");
                code.Line($"{setting.Type} options = {(setting.Adds ? $"{setting.Property} ?? " : "")}new();");
                code.Open("if (options.Read(parser))");
                code.Line($"{setting.Property} = options;");
                code.Line($"parser.GivenLine(ref _spans.Table, {place}{(setting.Adds ? ", adds: true" : "")});");
                code.Close();
                break;
            default:
                EmitValue(code, setting, place, dropsRejected && !setting.SurvivesRejection);
                break;
        }
    }

    /// <summary>What a line or a block is nothing without; the method returns false when it cannot be read.</summary>
    public static void EmitDemanded(CodeWriter code, SettingModel setting, int place)
    {
        if (setting.Kind == ValueKind.Options)
        {
            code.Line("parser.BeginOptions();");
            code.Line($"{setting.Type} first = new();");
            code.Line("if (!first.Read(parser))");
        }
        else
        {
            code.Line($"if (!{Try(setting, "first")})");
        }
        code.Line("    return false;");
        code.Line($"{setting.Property} = {Assigned(setting, "first")};");
        code.Line(Given(setting, place));
    }

    private static void EmitValue(CodeWriter code, SettingModel setting, int place, bool dropsRejected)
    {
        if (setting.IsOptional && (setting.Kind is ValueKind.Integer or ValueKind.Duration or ValueKind.String or ValueKind.Interface))
        {
            code.Open("if (!parser.HasNext)");
            code.Line($"{setting.Property} = {Assigned(setting, setting.Bare ?? "\"\"")};");
            code.Line(Given(setting, place));
            code.Line("break;");
            code.Close();
        }
        code.Open($"if ({Try(setting)})");
        EmitKeeping(code, setting, place, Assigned(setting));
        code.Line($"{setting.Property} = {Assigned(setting)};");
        code.Line(Given(setting, place));
        code.Close();
        if (dropsRejected)
        {
            code.Line("else");
            code.Line("    parser.DropLine();");
        }
        else if (setting.Fallback is string number)
        {
            code.Open("else");
            code.Line($"{setting.Property} = {Assigned(setting, number)};");
            code.Line(Given(setting, place));
            code.Close();
        }
    }

    private static string Try(SettingModel setting, string value = "value")
    {
        string range = $"{Number(setting.Minimum)}, {Number(setting.Maximum)}, {Bool(setting.IsStrict)}";
        return setting.Kind switch
        {
            ValueKind.Boolean => $"parser.TryBoolean({Bool(setting.IsOptional)}, out bool {value})",
            ValueKind.Integer => $"parser.TryInteger({range}, out long {value})",
            ValueKind.Duration when setting.Decimals == 0 => $"parser.TryInteger({range}, out long {value}, unit: {NumberUnit(setting)})",
            ValueKind.Duration => $"parser.TryDecimal({NumberUnit(setting)}, {setting.Decimals}, {range}, out long {value})",
            ValueKind.Address =>
                $"parser.TryAddress({Family(setting)}, {Bool(setting.IsMulticast)}, out global::KeepalivedAot.Base.Net.IpAddress {value})",
            ValueKind.Prefix => $"parser.TryPrefix({Family(setting)}, out global::KeepalivedAot.Config.IpPrefix {value})",
            ValueKind.Interface => $"parser.TryInterfaceName(out string {value})",
            ValueKind.Secret => $"parser.TrySecret(out byte[] value)",
            ValueKind.Arguments => $"parser.TryArguments(out {setting.Type} {value})",
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

    private static string NumberUnit(SettingModel setting) => $"NumberUnit.{(setting.InMilliseconds ? "Milliseconds" : "Seconds")}";

    private static string Unit(SettingModel setting)
        => (setting.Decimals + (setting.InMilliseconds ? 3 : 0)) switch
        {
            0 => "Seconds",
            3 => "Milliseconds",
            _ => "Microseconds",
        };

    private static void EmitChoice(CodeWriter code, SettingModel setting, int place)
    {
        ChoiceModel? bare = setting.Choices.Items.FirstOrDefault(static c => c.Word.Length == 0);
        List<ChoiceModel> words = [.. setting.Choices.Items.Where(static c => c.Word.Length != 0)];
        if (setting.IsOptional && bare is not null)
        {
            code.Open("if (!parser.HasNext)");
            code.Line($"{setting.Property} = {setting.Type}.{bare.Member};");
            code.Line(Given(setting, place));
            code.Line("break;");
            code.Close();
        }
        code.Line("if (!parser.TryChoice(out ReadOnlySpan<byte> choice))");
        code.Line("    break;");
        string otherwise = "";
        foreach (ChoiceModel word in words)
        {
            code.Open($"{otherwise}if (choice.SequenceEqual({CodeWriter.Literal(word.Word)}u8))");
            EmitKeeping(code, setting, place, $"{setting.Type}.{word.Member}");
            code.Line($"{setting.Property} = {setting.Type}.{word.Member};");
            code.Close();
            otherwise = "else ";
        }
        code.Open("else");
        code.Line($"parser.RejectChoice({string.Join(", ", words.Select(static w => CodeWriter.Literal(w.Word)))});");
        code.Line(setting.Fallback is null ? "break;" : $"{setting.Property} = {setting.Type}.{setting.Fallback};");
        code.Close();
        code.Line(Given(setting, place));
    }

    private static void EmitKeeping(CodeWriter code, SettingModel setting, int place, string value)
    {
        if (setting.Keeps is null)
            return;
        ChoiceModel? kept = setting.Choices.Items.FirstOrDefault(choice => choice.Word == setting.Keeps);
        string keeps = kept is null ? "" : $"{setting.Property} == {setting.Type}.{kept.Member} && ";
        code.Line($"if ({keeps}{setting.Property} != {value} && parser.RejectsOther(_spans.Table[{place}]))");
        code.Line("    break;");
    }

    private static void EmitBlock(CodeWriter code, SettingModel setting, int place)
    {
        if (setting.IsNullable)
            code.Line($"{setting.Property} {(setting.RepeatCounts ? "=" : "??=")} new {setting.Type}();");
        code.Line(setting.RepeatCounts ? $"parser.GivenBlock(ref _spans.Table, {place});" : $"_spans.Table.Set({place}, parser.Header);");
        code.Line($"{setting.Property}.Begin(parser);");
        code.Line($"parser.ParseBlock({setting.Property});");
    }

    private static void EmitNamed(CodeWriter code, SettingModel setting)
    {
        code.Line($"if (!parser.TryName({(setting.MaxLength is int longest ? longest.ToString(CultureInfo.InvariantCulture) : "null")}, {(setting.ExactlyOne ? "true" : "false")}, out string name))");
        code.Line("    break;");
        code.Line($"{setting.Type} block = new();");
        if (setting.Kind == ValueKind.NamedLines)
        {
            code.Line("if (block.Read(parser, name))");
        }
        else
        {
            code.Line("block.Begin(parser, name);");
            code.Line("if (parser.ParseBlock(block))");
        }
        code.Line($"    {List(setting)}.Add(block);");
    }

    private static void EmitHeadedBlocks(CodeWriter code, SettingModel setting)
    {
        code.Line($"{setting.Type} block = new();");
        code.Open("if (!block.Begin(parser))");
        code.Line("parser.SkipRejectedBlock();");
        code.Line("break;");
        code.Close();
        code.Line("if (parser.ParseBlock(block))");
        code.Line($"    {List(setting)}.Add(block);");
    }

    private static void EmitLines(CodeWriter code, SettingModel setting, int place)
    {
        EmitOpening(code, place);
        code.Open("while (parser.TryNextLine())");
        code.Line($"{setting.Type} line = new();");
        code.Line("if (line.Read(parser))");
        code.Line($"    {List(setting)}.Add(line);");
        code.Close();
    }

    private static void EmitNames(CodeWriter code, SettingModel setting, int place)
    {
        EmitOpening(code, place);
        code.Line("while (parser.TryNextLine())");
        code.Line($"    parser.TakeNames({List(setting)});");
    }

    private static void EmitOpening(CodeWriter code, int place)
    {
        code.Line("SourceSpan header = parser.Header;");
        code.Line("if (!parser.TryOpenLines())");
        code.Line("    break;");
        code.Line($"_spans.Table.Set({place}, header);");
    }

    // A list that is mostly empty is made when it is needed, and then mostly has one item.
    private static string List(SettingModel setting) => setting.IsNullable ? $"({setting.Property} ??= new(1))" : setting.Property;

    private static string Given(SettingModel setting, int place)
        => setting.IsRuleAction ? $"parser.GivenAction(ref _spans.Table, {place});"
            : setting.Adds ? $"_spans.Table.Set({place}, parser.ValueSpan);"
            : $"parser.Given(ref _spans.Table, {place}{(setting.RepeatCounts ? ", counts: true" : "")});";

    private static string Family(SettingModel setting) => $"global::KeepalivedAot.Base.Net.AddressFamily.{setting.Family}";

    private static string Bool(bool value) => value ? "true" : "false";

    private static string Number(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "0";
}
