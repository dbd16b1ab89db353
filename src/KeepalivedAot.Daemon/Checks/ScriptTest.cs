using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Linux.Files;

namespace KeepalivedAot.Daemon.Checks;

/// <summary>
/// What <c>-t</c> says of the scripts, so that it ends with keepalived's status: which of them keepalived would leave out on this host,
/// and whether the others run without <c>enable_script_security</c>. What is wrong in detail <see cref="ScriptFileLints"/> tells.
/// </summary>
internal sealed class ScriptTest
{
    private readonly DiagnosticBag _diagnostics;
    private readonly ScriptPrograms _programs;
    private readonly ConfigUser? _defaultUser;
    private readonly SourceSpan _defaultUserSpan;
    private readonly bool _isSecured;

    // Each is said once, however many scripts it is true of.
    private bool _hasReportedSecurity;
    private bool _hasReportedDefaultUser;

    private ScriptTest(Configuration configuration, DiagnosticBag diagnostics, IHostFiles files)
    {
        _diagnostics = diagnostics;
        _defaultUser = configuration.GlobalDefs.ScriptUser;
        _defaultUserSpan = configuration.GlobalDefs.Spans.ScriptUser;
        _isSecured = configuration.GlobalDefs.EnableScriptSecurity;
        _programs = new ScriptPrograms(files, _defaultUser?.User, _defaultUser?.Group);
    }

    public static void Run(Configuration configuration, Settings settings, DiagnosticBag diagnostics, IHostFiles files)
    {
        ScriptTest test = new(configuration, diagnostics, files);
        test.CheckDefaultUser();
        foreach (ScriptUse script in ConfigurationScripts.Of(configuration, settings))
        {
            if (IsRun(script, configuration) && ScriptPrograms.ProgramOf(script) is { } program)
                test.Check(script, program);
        }
    }

    // Without an instance keepalived has no process for VRRP, without a virtual server none for checkers, and nobody looks at their scripts.
    private static bool IsRun(ScriptUse script, Configuration configuration)
    {
        bool hasInstances = configuration.VrrpInstances.Count > 0;
        bool hasServers = configuration.VirtualServers.Count > 0;
        return script.Keyword switch
        {
            "notify_fifo_script" => hasInstances || hasServers,
            "vrrp_notify_fifo_script" or "script" => hasInstances,
            "lvs_notify_fifo_script" => hasServers,
            _ => true,
        };
    }

    // keepalived resolves it where it stands, used or not.
    private void CheckDefaultUser()
    {
        if (_defaultUser is null || !_programs.Accounts.IsKnown
            || _programs.Accounts.Resolve(_defaultUser.User, _defaultUser.Group, out string missing) is not null)
        {
            return;
        }
        _hasReportedDefaultUser = true;
        _diagnostics.Report(DiagnosticCatalogue.TestedScriptUnknownUser, _defaultUserSpan, $"Error setting global script uid/gid: there is no {missing}");
    }

    private void Check(ScriptUse script, string program)
    {
        if (Account(script) is not { } account)
            return;
        HostPath? path = _programs.Find(program);
        string? hindrance = HindranceTo(program, path, account);
        if (hindrance is not null)
            ReportUnusable(script, "not found/accessible", hindrance);
        else if (!_isSecured)
            ReportSecurity(script);
        else if (RepairOf(path!, account) is { } repair)
            ReportUnusable(script, "insecure", repair);
    }

    // What to mend; null when it can be run.
    private static string? HindranceTo(string program, HostPath? path, HostAccount account)
    {
        if (path is null)
            return $"write its whole path: {program} is in none of {ScriptPrograms.SearchPathText}";
        if (path.Failure.IsError)
            return $"mend the path: {path.Failure}";
        if (path.End.Status.Type != FileType.Regular)
            return $"name the program itself: {path.End.Path} is no regular file";
        return path.Elements.Where(element => !ScriptPrograms.MayExecute(element.Status, account))
            .Select(element => $"run 'chmod {(element.Path == path.End.Path ? "a+x" : "o+x")} {element.Path}'").FirstOrDefault();
    }

    private string? RepairOf(HostPath path, HostAccount account)
    {
        foreach (HostPathElement element in path.Elements)
        {
            if (ScriptPrograms.RiskOf(element, path.End, account) is { RunsAsRoot: true, Any: true } risk)
            {
                (string what, string repair) = _programs.Describe(risk, element, path.End);
                return $"{repair}: {what}";
            }
        }
        return null;
    }

    private HostAccount? Account(ScriptUse script)
    {
        bool isDefault = script.User is null;
        if (isDefault && _defaultUser is null && _isSecured && _programs.Accounts.IsKnown && !_programs.Accounts.HasUser(ScriptPrograms.FallbackUser))
        {
            if (!_hasReportedDefaultUser)
            {
                _diagnostics.Report(
                    DiagnosticCatalogue.TestedScriptUnknownUser, script.Span, $"Unable to set default user {ScriptPrograms.FallbackUser} for script",
                    $"write 'script_user' in global_defs, or make the user with 'useradd --system {ScriptPrograms.FallbackUser}'");
            }
            _hasReportedDefaultUser = true;
            return null;
        }
        HostAccount? account = _programs.AccountOf(script, out _, out string missing);
        if (account is null && !(isDefault && _hasReportedDefaultUser))
        {
            _diagnostics.Report(
                script.IsNotifier ? DiagnosticCatalogue.TestedNotifierUnusable : DiagnosticCatalogue.TestedScriptUnknownUser, script.Span,
                $"{script.Title}: Unable to set uid/gid for script {script.Command}: there is no {missing}");
        }
        return account;
    }

    private void ReportUnusable(ScriptUse script, string why, string help)
    {
        if (script.IsTracked)
            _diagnostics.Report(DiagnosticCatalogue.TestedScriptUnusable, script.Span, $"Disabling track script {script.Owner} since {why}", help);
        else
            _diagnostics.Report(DiagnosticCatalogue.TestedNotifierUnusable, script.Span, $"{script.Title}: Disabling script {script.Command} since {why}", help);
    }

    private void ReportSecurity(ScriptUse script)
    {
        if (_hasReportedSecurity)
            return;
        _hasReportedSecurity = true;
        _diagnostics.Report(
            DiagnosticCatalogue.ScriptsNotSecured, script.Span, "SECURITY VIOLATION - scripts are being executed but script_security not enabled.",
            "write 'enable_script_security' and 'script_user' in global_defs");
    }
}
