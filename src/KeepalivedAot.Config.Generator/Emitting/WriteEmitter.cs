using KeepalivedAot.Config.Generator.Model;

namespace KeepalivedAot.Config.Generator.Emitting;

/// <summary>Writes how a block's settings are written out again.</summary>
internal static class WriteEmitter
{
    public static void Emit(CodeWriter code, BlockModel block)
    {
        if (block.FormatsItself)
        {
            code.Line("/// <summary>The words of the line, as they are written in a file.</summary>");
            code.Line("internal partial string Format(bool showsSecrets);");
            code.Line();
            code.Open("internal void Write(ConfigWriter writer)");
            code.Line("writer.Line(Format(writer.ShowsSecrets));");
            code.Close();
            code.Line();
            return;
        }
        code.Line($"private static {block.TypeName}? s_untouched;");
        code.Line();
        code.Line("/// <summary>Writes all that is not as it would be without a word in the file.</summary>");
        code.Open("internal void Write(ConfigWriter writer)");
        code.Line($"{block.TypeName} untouched = s_untouched ??= new();");
        foreach (SettingModel positional in block.Positionals)
            EmitPositional(code, positional);
        foreach (SettingModel setting in block.Settings)
            EmitSetting(code, block, setting);
        if (block.Content is SettingModel content)
        {
            code.Line($"writer.BeginContent({CodeWriter.Literal(content.Property.ToLowerInvariant())});");
            EmitLines(code, content, content.Property);
            code.Line("writer.EndContent();");
        }
        code.Close();
        code.Line();
    }

    private static void EmitPositional(CodeWriter code, SettingModel setting)
    {
        if (setting.IsOptional || setting.IsAnywhere)
            code.Line($"if ({IsTouched(setting)})");
        else
            code.Line("// always there");
        code.Line($"    writer.Positional({CodeWriter.Literal(setting.What)}, {Text(setting)});");
    }

    private static void EmitSetting(CodeWriter code, BlockModel block, SettingModel setting)
    {
        WordModel word = block.Words.Items.First(
            w => w.Setting == setting.Property && w.Form is not WordForm.Alias and not WordForm.DeprecatedAlias);
        string literal = CodeWriter.Literal(word.Word);
        switch (setting.Kind)
        {
            case ValueKind.Flag:
                EmitFlag(code, block, setting);
                return;
            case ValueKind.Block:
                code.Open(setting.IsNullable ? $"if ({setting.Property} is not null)" : $"if (_spans.{setting.Property}.IsGiven)");
                code.Line($"writer.BeginBlock({literal});");
                code.Line($"{setting.Property}{(setting.IsNullable ? "!" : "")}.Write(writer);");
                code.Line("writer.EndBlock();");
                code.Close();
                return;
            case ValueKind.NamedBlocks or ValueKind.Blocks or ValueKind.HeadedBlocks or ValueKind.NamedLines:
                EmitItems(code, setting, literal);
                return;
            case ValueKind.Lines:
                code.Open($"if ({setting.Property} is {{ Count: > 0 }})");
                code.Line($"writer.BeginLines({literal});");
                EmitLines(code, setting, setting.Property);
                code.Line("writer.EndLines();");
                code.Close();
                return;
            case ValueKind.Names:
                code.Open($"if ({setting.Property} is {{ Count: > 0 }})");
                code.Line($"writer.BeginLines({literal});");
                code.Line($"foreach (global::KeepalivedAot.Config.ConfigName name in {setting.Property})");
                code.Line("    writer.Line(global::KeepalivedAot.Config.Values.ConfigWords.Quote(name.Name));");
                code.Line("writer.EndLines();");
                code.Close();
                return;
            case ValueKind.RepeatedArguments:
                code.Open($"if ({setting.Property} is {{ Count: > 0 }})");
                code.Line($"writer.Arguments({literal}, {setting.Property});");
                code.Close();
                return;
            case ValueKind.Options:
                code.Open($"if ({setting.Property} is not null)");
                if (setting.FormatsItself)
                {
                    code.Line($"writer.Value({literal}, {setting.Property}.Format(writer.ShowsSecrets));");
                }
                else
                {
                    code.Line($"writer.BeginOptions({literal});");
                    code.Line($"{setting.Property}.Write(writer);");
                    code.Line("writer.EndOptions();");
                }
                code.Close();
                return;
        }
        code.Open($"if ({IsTouched(setting)})");
        EmitValue(code, setting, literal);
        code.Close();
    }

    private static void EmitFlag(CodeWriter code, BlockModel block, SettingModel setting)
    {
        string? sets = block.Words.Items.FirstOrDefault(w => w.Setting == setting.Property && w.Form == WordForm.Sets)?.Word;
        string? clears = block.Words.Items.FirstOrDefault(w => w.Setting == setting.Property && w.Form == WordForm.Clears)?.Word;
        string key = CodeWriter.Literal(sets ?? clears);
        string value = sets is null ? "false" : setting.Property;
        string word = sets is null ? CodeWriter.Literal(clears)
            : clears is null ? CodeWriter.Literal(sets)
            : $"{setting.Property} ? {CodeWriter.Literal(sets)} : {CodeWriter.Literal(clears)}";
        string only = clears is null ? $" && {setting.Property}" : sets is null ? $" && !{setting.Property}" : "";
        code.Line($"if (({IsTouched(setting)}){only})");
        code.Line($"    writer.Flag({word}, {key}, {value});");
    }

    private static void EmitItems(CodeWriter code, SettingModel setting, string literal)
    {
        code.Open($"if ({setting.Property} is {{ Count: > 0 }} && writer.WantsList({literal}))");
        code.Line($"writer.BeginList({literal});");
        code.Open($"foreach ({setting.Type} item in {setting.Property})");
        string header = setting.Kind switch
        {
            ValueKind.NamedBlocks or ValueKind.NamedLines => "\"name\", global::KeepalivedAot.Config.Values.ConfigWords.Quote(item.Name)",
            ValueKind.HeadedBlocks => "item.HeaderKey, item.FormatHeader(writer.ShowsSecrets)",
            _ => "null, null",
        };
        code.Line($"writer.BeginItem({literal}, {header});");
        code.Line("item.Write(writer);");
        code.Line("writer.EndItem();");
        code.Close();
        code.Line("writer.EndList();");
        code.Close();
    }

    private static void EmitLines(CodeWriter code, SettingModel setting, string property)
    {
        code.Line($"foreach ({setting.Type} line in {property})");
        code.Line("    line.WriteLine(writer);");
    }

    /// <summary>The line as an item of a value block.</summary>
    public static void EmitLine(CodeWriter code, BlockModel block)
    {
        code.Open("internal void WriteLine(ConfigWriter writer)");
        if (!block.FormatsItself)
            code.Line("writer.BeginLine();");
        code.Line("Write(writer);");
        if (!block.FormatsItself)
            code.Line("writer.EndLine();");
        code.Close();
        code.Line();
    }

    /// <summary>What stands between the keyword and the brace.</summary>
    public static void EmitHeader(CodeWriter code, SettingModel header)
    {
        code.Line($"internal string HeaderKey => {CodeWriter.Literal(header.Property.ToLowerInvariant())};");
        code.Line();
        code.Line("internal string FormatHeader(bool showsSecrets)");
        code.Line(header.FormatsItself ? $"    => {header.Property}.Format(showsSecrets);"
            : header.Kind == ValueKind.Options
            ? $"    => TextConfigWriter.Words(showsSecrets, {header.Property}.Write);"
            : $"    => {Text(header, "showsSecrets")};");
        code.Line();
    }

    private static string IsTouched(SettingModel setting)
    {
        string given = $"(writer.WritesDefaults && _spans.{setting.Property}.IsGiven)";
        string notNull = setting.IsNullable ? $"{setting.Property} is not null && " : "";
        return setting.Kind switch
        {
            ValueKind.Secret => $"{notNull}({given} || {setting.Property} is {{ Length: > 0 }})",
            ValueKind.Address => $"{notNull}{NotNone(setting, "IsNone")} && ({given} || {setting.Property} != untouched.{setting.Property})",
            ValueKind.Prefix => $"{notNull}{NotNone(setting, "Address.IsNone")} && ({given} || {setting.Property} != untouched.{setting.Property})",
            _ => $"{notNull}({given} || !System.Collections.Generic.EqualityComparer<{setting.Type}{(setting.IsNullable ? "?" : "")}>.Default.Equals({setting.Property}, untouched.{setting.Property}))",
        };
    }

    private static string NotNone(SettingModel setting, string test) => $"!{setting.Property}{(setting.IsNullable ? "!.Value" : "")}.{test}";

    private static void EmitValue(CodeWriter code, SettingModel setting, string literal)
    {
        string value = Value(setting);
        switch (setting.Kind)
        {
            case ValueKind.Boolean:
                code.Line($"writer.Boolean({literal}, {value});");
                break;
            case ValueKind.Integer or ValueKind.Duration:
                code.Line($"writer.Number({literal}, {Text(setting)});");
                break;
            case ValueKind.Secret:
                code.Line($"writer.Secret({literal}, {setting.Property});");
                break;
            case ValueKind.Choice:
                code.Line($"string? choice = {Text(setting)};");
                code.Line("if (choice is not null)");
                code.Line($"    writer.Value({literal}, choice);");
                break;
            case ValueKind.Arguments:
                code.Line($"writer.Arguments({literal}, {value});");
                break;
            case ValueKind.String or ValueKind.Interface when setting.IsOptional:
                code.Line($"writer.Value({literal}, {value}.Length == 0 ? \"\" : {Text(setting)});");
                break;
            default:
                code.Line($"writer.Value({literal}, {Text(setting)});");
                break;
        }
    }

    private static string Value(SettingModel setting)
        => setting.IsNullable && setting.IsValueType ? setting.Property + ".Value" : setting.Property;

    private static string Text(SettingModel setting, string showsSecrets = "writer.ShowsSecrets")
    {
        string value = Value(setting);
        switch (setting.Kind)
        {
            case ValueKind.Integer:
                return $"{value}.ToString(System.Globalization.CultureInfo.InvariantCulture)";
            case ValueKind.Duration:
                int digits = setting.Decimals;
                string divisor = setting.InMilliseconds ? "1000000m" : "1000000000m";
                string format = digits == 0 && !setting.InMilliseconds ? "0.######" : "0." + new string('#', Math.Max(digits, 6));
                return $"({value}.Nanoseconds / {divisor}).ToString({CodeWriter.Literal(format)}, System.Globalization.CultureInfo.InvariantCulture)";
            case ValueKind.String or ValueKind.Interface:
                return $"global::KeepalivedAot.Config.Values.ConfigWords.Quote({value})";
            case ValueKind.Choice:
                string arms = string.Concat(setting.Choices.Items.Select(c => $"{setting.Type}.{c.Member} => {CodeWriter.Literal(c.Word)}, "));
                return $"{value} switch {{ {arms}_ => null }}";
            case ValueKind.Arguments:
                return $"((IConfigArguments<{setting.Type}>){value}).Format({showsSecrets})";
            case ValueKind.Boolean:
                return $"({value} ? \"true\" : \"false\")";
            default:
                return $"{value}.ToString()!";
        }
    }
}
