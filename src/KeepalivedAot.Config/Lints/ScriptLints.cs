using System.Buffers;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Lints;

/// <summary>How scripts are written: what becomes of their arguments, and who they run as.</summary>
internal static class ScriptLints
{
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/=:,;%*?()<>|&'\"`@$");

    private static readonly string[] Operators = ["|", "||", "&", "&&", ";", "<", "<<", "2>&1", "&>", "|&"];

    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        List<ScriptUse> scripts = ConfigurationScripts.Of(configuration);
        Run(scripts, diagnostics);
        List<ScriptUse> without = configuration.GlobalDefs.ScriptUser is null ? scripts.FindAll(static s => s.User is null && !s.IsProbe) : [];
        if (without.Count == 0 || configuration.GlobalDefs.Spans.HasMistake(nameof(GlobalDefsBlock.ScriptUser)))
            return;
        string more = without.Count == 1 ? " has" : $" and {without.Count - 1} more have";
        diagnostics.Report(
            DiagnosticCatalogue.NoScriptUser, without[0].Span, $"{without[0].Title}{more} no user, and there is no script_user",
            "write 'script_user NAME' and 'enable_script_security' in 'global_defs { … }' at the top of the file");
    }

    public static void Run(IEnumerable<ScriptUse> scripts, DiagnosticBag diagnostics)
    {
        foreach (ScriptUse script in scripts)
        {
            CheckUser(script, diagnostics);
            if (script.IsProbe || !CommandWords.TrySplit(script.Command, out string[]? words) || words.Length < 2)
                continue;
            if (ScriptQuoting.IsShellCommand(words))
                CheckShellCommand(script, words, diagnostics);
            else if (Array.Find(words[1..], IsShellSyntax) is string syntax)
                ReportSyntax(script, syntax, diagnostics);
        }
    }

    // notify_master /etc/keepalived/notify.sh MASTER VI_1
    private static void CheckUser(ScriptUse script, DiagnosticBag diagnostics)
    {
        string? argument = IsNoName(script.User) ? script.User : IsNoName(script.Group?.TrimStart(':')) ? script.Group : null;
        if (argument is null)
            return;
        string whole = $"{script.Command} {script.User}{(script.Group is null ? "" : " " + script.Group)}";
        diagnostics.Report(
            DiagnosticCatalogue.ScriptArgumentsLost, script.Span,
            $"{script.Title}: '{argument}' is taken for the {(argument == script.User ? "user" : "group")} that the script runs as",
            ScriptQuoting.Suggest(script.Keyword, whole, WrittenText.LineOf(diagnostics.Sources, script.Span)));
    }

    /// <summary>What no user and no group is called: an option, a path, a number, or a state or name in capitals.</summary>
    private static bool IsNoName(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return false;
        if (name[0] == '-' || name.AsSpan().ContainsAny(NotInNames))
            return true;
        bool hasLowerCase = name.AsSpan().ContainsAnyInRange('a', 'z');
        return !hasLowerCase && name.All(static c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c is '_' or '.' or '-');
    }

    // Whoever uses the parameters knows them.
    private static void CheckShellCommand(ScriptUse script, string[] words, DiagnosticBag diagnostics)
    {
        if (words.Length < 4 || words[2].Contains('$') || words[2].Contains(' '))
            return;
        string rest = string.Join(' ', words[2..]);
        diagnostics.Report(
            DiagnosticCatalogue.ShellCommandSplit, script.Span, $"{script.Title}: {words[0]} {words[1]} runs '{words[2]}', without '{string.Join(' ', words[3..])}'",
            rest.Contains('\'') ? "quote what the shell is to run" : $"write {script.Keyword} \"{words[0]} {words[1]} '{rest}'\"");
    }

    private static bool IsShellSyntax(string word)
        => Operators.Contains(word) || word.StartsWith('>') || word.StartsWith("2>", StringComparison.Ordinal)
            || word.Contains("$(", StringComparison.Ordinal) || word.Contains('`');

    private static void ReportSyntax(ScriptUse script, string syntax, DiagnosticBag diagnostics)
        => diagnostics.Report(
            DiagnosticCatalogue.NoShell, script.Span, $"{script.Title}: '{syntax}' is an argument of the program, for there is no shell",
            script.Command.Contains('\'') || script.Command.Contains('"') || script.Command.Contains('\\')
                ? "put it into a script of its own"
                : $"write {script.Keyword} {ShellLine.Quote($"/bin/sh -c '{script.Command}'")}, or put it into a script");
}
