using System.Globalization;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Checks;

/// <summary>Whether the scripts of a configuration are on this host, can be run, and are safe from others (grammar 13.9).</summary>
/// <param name="defaultUser">Of <c>script_user</c>; null where the configuration has none.</param>
internal sealed class ScriptFileLints(IHostFiles files, DiagnosticBag diagnostics, string? defaultUser, string? defaultGroup)
{
    private const int LongestFirstLine = 256;

    private readonly ScriptPrograms _programs = new(files, defaultUser, defaultGroup);

    // One finding for each file or directory, however many scripts lead there.
    private readonly HashSet<(DiagnosticKind, string)> _reported = [];

    public void Run(IEnumerable<ScriptUse> scripts)
    {
        foreach (ScriptUse script in scripts)
        {
            if (ScriptPrograms.ProgramOf(script) is not { } program || ResolveAccount(script) is not { } account)
                continue;
            if (Find(script, program) is { } path)
                Check(script, path, account);
        }
    }

    private HostAccount? ResolveAccount(ScriptUse script)
    {
        HostAccount? account = _programs.AccountOf(script, out string user, out string missing);
        if (account is null)
        {
            Report(
                DiagnosticCatalogue.ScriptUserUnknown, missing, script, $"runs as {user}, but there is no {missing} in /etc/{(missing[0] == 'u' ? "passwd" : "group")}",
                script.User is null ? $"make it with 'useradd --system {user}', or write another 'script_user'" : "name another one, or put the command with its arguments into quotes");
        }
        return account;
    }

    private HostPath? Find(ScriptUse script, string program)
    {
        HostPath? found = _programs.Find(program);
        if (found is null)
            Report(DiagnosticCatalogue.ScriptMissing, program, script, $"{program} is in none of {ScriptPrograms.SearchPathText}", "write its whole path");
        return found;
    }

    private void Check(ScriptUse script, HostPath path, HostAccount account)
    {
        if (path.Failure.IsError)
        {
            ReportFailure(script, path.Failure);
            return;
        }
        if (path.End.Status.Type != FileType.Regular)
        {
            Report(
                DiagnosticCatalogue.ScriptNotExecutable, path.End.Path, script,
                path.End.Status.Type == FileType.Directory ? $"{path.End.Path} is a directory" : $"{path.End.Path} is no regular file", "name the program itself");
            return;
        }
        foreach (HostPathElement element in path.Elements)
            CheckExecution(script, element, path.End, account);
        foreach (HostPathElement element in path.Elements)
        {
            if (CheckSafety(script, element, path.End, account))
                break;
        }
        CheckInterpreter(script, path.End.Path);
    }

    private void ReportFailure(ScriptUse script, OsError failure)
    {
        if (failure.Errno is Errno.ENOENT or Errno.ENOTDIR)
        {
            Report(
                DiagnosticCatalogue.ScriptMissing, failure.Subject!, script,
                failure.Errno == Errno.ENOENT ? $"{failure.Subject} does not exist" : $"{failure.Subject} lies below what is no directory", null);
        }
        else
        {
            Report(DiagnosticCatalogue.ScriptNotSeen, failure.Subject!, script, $"cannot look at it: {failure}", null);
        }
    }

    private void CheckExecution(ScriptUse script, HostPathElement element, HostPathElement end, HostAccount account)
    {
        if (ScriptPrograms.MayExecute(element.Status, account))
            return;
        bool isEnd = element.Path == end.Path;
        Report(
            DiagnosticCatalogue.ScriptNotExecutable, element.Path, script,
            isEnd ? $"{account.Name} may not execute {element.Path}, mode {Octal(element.Status)}"
                : $"{account.Name} may not enter {element.Path}, mode {Octal(element.Status)}, on the way to {end.Path}",
            $"run 'chmod {(isEnd ? "a+x" : "o+x")} {element.Path}'");
    }

    // For whatever runs as root nobody else may own or write; for others it is enough that not everybody can.
    private bool CheckSafety(ScriptUse script, HostPathElement element, HostPathElement end, HostAccount account)
    {
        ScriptRisk risk = ScriptPrograms.RiskOf(element, end, account);
        if (!risk.Any)
            return false;
        (string what, string repair) = _programs.Describe(risk, element, end);
        Report(
            DiagnosticCatalogue.ScriptWritable, element.Path, script,
            $"runs as {(risk.RunsAsRoot ? "root" : account.Name)}, and {what}", repair);
        return true;
    }

    // The kernel takes the first line up to a blank, and a carriage return is part of the name.
    private void CheckInterpreter(ScriptUse script, string path)
    {
        // Whoever may not read it may execute it all the same, if it is no script.
        if (files.TryReadStart(path, LongestFirstLine, out byte[] start).IsError || !start.AsSpan().StartsWith("#!"u8))
            return;
        string line = ByteText.Decode(start.AsSpan(2)).Split('\n')[0].Trim(' ', '\t');
        if (line.EndsWith('\r'))
        {
            Report(
                DiagnosticCatalogue.InterpreterMissing, path, script, $"the first line of {path} ends with a carriage return, which is taken for a part of the name",
                $"run: sed -i 's/\\r$//' {path}");
            return;
        }
        string[] words = line.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0][0] != '/')
            return;
        string? missing = null;
        if (HostPath.Follow(files, words[0]).Failure.Errno is Errno.ENOENT or Errno.ENOTDIR)
            missing = $"{words[0]}, which does not exist";
        else if (words is ["/usr/bin/env", var program] && !program.StartsWith('-') && !program.Contains('=') && _programs.Search(program) is null)
            missing = $"{program}, which is in none of {ScriptPrograms.SearchPathText}";
        if (missing is not null)
            Report(DiagnosticCatalogue.InterpreterMissing, path, script, $"{path} asks for {missing}", "install it, or name another interpreter behind #!");
    }

    private static string Octal(FileStatus status) => Convert.ToString((int)status.Mode, 8).PadLeft(4, '0');

    private void Report(DiagnosticKind kind, string subject, ScriptUse script, string message, string? help)
    {
        if (_reported.Add((kind, subject)))
            diagnostics.Report(kind, script.Span, string.Create(CultureInfo.InvariantCulture, $"{script.Title}: {message}"), help);
    }
}
