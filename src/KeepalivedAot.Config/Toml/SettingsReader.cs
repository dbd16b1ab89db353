using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Toml;

/// <summary>From entries to <see cref="Settings"/>, by the <see cref="SettingsTable"/>.</summary>
internal sealed class SettingsReader(DiagnosticBag diagnostics)
{
    // A key may be as long as the file.
    private const int LongestShown = 60;

    private readonly Dictionary<string, SourceSpan> _seen = [];
    private readonly HashSet<string> _reported = [];
    private readonly Dictionary<string, SourceSpan> _given = [];
    private Settings _settings = Settings.Default;

    public Settings Read(IReadOnlyList<TomlEntry> entries)
    {
        foreach (TomlEntry entry in entries)
            Read(entry);
        CheckTogether();
        return _settings;
    }

    private void Read(TomlEntry entry)
    {
        string table = entry.Path[0].Name;
        if (Array.Find(SettingsTable.Later, later => later.Table == table) is { What: { } what })
        {
            if (_reported.Add(table))
                diagnostics.Report(DiagnosticCatalogue.SettingNotYet, entry.Path[0].Span, $"'{table}': {what} will come with a later release", "take it out");
            return;
        }
        if (entry.Path.Count == 1)
            ReadTable(entry, table);
        else if (!SettingsTable.IsTable(table))
            ReportUnknownTable(entry, table);
        else if (SettingsTable.Find(entry.FullName) is { } setting)
            ReadSetting(entry, setting);
        else
            ReportUnknownKey(entry, table);
    }

    private void ReadTable(TomlEntry entry, string name)
    {
        if (!SettingsTable.IsTable(name))
        {
            ReportUnknownTable(entry, name);
            return;
        }
        if (entry.Kind != TomlKind.Table)
            diagnostics.Report(DiagnosticCatalogue.SettingType, entry.ValueSpan, $"'{name}' is a table", $"write [{name}]");
        else if (IsFirst(entry))
            return;
    }

    private void ReadSetting(TomlEntry entry, Setting setting)
    {
        if (!IsFirst(entry))
            return;
        if (entry.Kind != setting.Kind)
            diagnostics.Report(DiagnosticCatalogue.SettingType, entry.ValueSpan, $"'{setting.FullName}' is {setting.Values}, and this is {NameOf(entry.Kind)}", $"write {setting.Key} = {setting.Default}");
        else if (setting.Apply(_settings, entry) is { } settings)
            (_settings, _given[setting.FullName]) = (settings, entry.ValueSpan);
        else
            ReportValue(entry, setting);
    }

    private void ReportValue(TomlEntry entry, Setting setting)
    {
        bool isText = setting.Kind == TomlKind.Text;
        diagnostics.Report(
            isText ? DiagnosticCatalogue.SettingText : DiagnosticCatalogue.SettingRange, entry.ValueSpan,
            string.Create(CultureInfo.InvariantCulture, $"'{setting.FullName}' is {setting.Values}, not {(isText ? $"\"{Shown(entry.Text)}\"" : $"{entry.Number}")}"),
            $"write {setting.Key} = {setting.Default}, or leave it out");
    }

    // What each of them allows, and both together do not.
    private void CheckTogether()
    {
        SmtpSettings smtp = _settings.Smtp;
        if (smtp.User.Length > 0 && smtp.PasswordFile.Length == 0)
            Report("smtp.user", "'smtp.user' logs in with a password, and there is no 'smtp.password_file'", "name a file in password_file");
        else if (smtp.PasswordFile.Length > 0 && smtp.User.Length == 0)
            Report("smtp.password_file", "nobody logs in with 'smtp.password_file': there is no 'smtp.user'", "name the user");
        else if (smtp.User.Length > 0 && smtp.Tls == SmtpTls.None)
            Report("smtp.user", "'smtp.user' would send its password in the open: 'smtp.tls' is \"none\"", "write tls = \"starttls\" or tls = \"tls\"");
        else
            return;
        // Half of a login is none; the mail server says whether it wants one.
        _settings = _settings with { Smtp = smtp with { User = "", PasswordFile = "" } };

        void Report(string name, string message, string help) => diagnostics.Report(DiagnosticCatalogue.SettingsTogether, _given[name], message, help);
    }

    private bool IsFirst(TomlEntry entry)
    {
        string name = entry.FullName;
        if (_seen.TryAdd(name, entry.KeySpan))
            return true;
        Diagnostic found = diagnostics.Report(DiagnosticCatalogue.SettingRepeated, entry.KeySpan, $"'{name}' is there already", "keep one of them");
        diagnostics.Relate(found, _seen[name], "first given here");
        return false;
    }

    // Whatever stands in such a table is no mistake of its own.
    private void ReportUnknownTable(TomlEntry entry, string name)
    {
        if (!_reported.Add(name))
            return;
        string? home = entry.Kind == TomlKind.Table || entry.Path.Count > 1 ? null : SettingsTable.Rows.FirstOrDefault(row => row.Key == name)?.Table;
        string? meant = Spelling.Nearest(name, SettingsTable.Rows.Select(static row => row.Table).Distinct());
        diagnostics.Report(
            DiagnosticCatalogue.UnknownSetting, entry.Path[0].Span, $"unknown setting '{Shown(name)}'",
            home is not null ? $"it belongs into the table [{home}]" : meant is not null ? $"did you mean '{meant}'?" : null);
    }

    private void ReportUnknownKey(TomlEntry entry, string table)
    {
        string name = entry.Path[1].Name;
        if (!_reported.Add($"{table}.{name}"))
            return;
        string? meant = Spelling.Nearest(name, SettingsTable.Rows.Where(row => row.Table == table).Select(static row => row.Key));
        diagnostics.Report(
            DiagnosticCatalogue.UnknownSetting, entry.Path[1].Span, $"unknown setting '{Shown(name)}' in the table '{table}'",
            meant is null ? null : $"did you mean '{meant}'?");
    }

    private static string Shown(string name) => name.Length <= LongestShown ? name : $"{name[..LongestShown]}…";

    private static string NameOf(TomlKind kind) => kind switch
    {
        TomlKind.Boolean => "true or false",
        TomlKind.Integer => "a whole number",
        TomlKind.Float => "a number with a fraction",
        TomlKind.Text => "text",
        TomlKind.Date => "a date",
        TomlKind.Array => "a list",
        _ => "a table",
    };
}
