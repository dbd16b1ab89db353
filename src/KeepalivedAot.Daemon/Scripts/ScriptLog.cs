using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>What is said of scripts when a configuration is taken up: keepalived's lines, and behind some of them one that tells what exactly.</summary>
internal sealed class ScriptLog(Log log)
{
    public void NoCommand(string title, string command) => Warn(EventIds.ScriptCheck, $"{title}: '{command}' is no command - ignoring");

    public void NoDefaultUser(bool isSecured)
    {
        if (isSecured)
            Warn(EventIds.ScriptSecurity, $"Unable to set default user {ScriptPrograms.FallbackUser} for script");
        else
            Warn(EventIds.ScriptSecurity, $"Script user '{ScriptPrograms.FallbackUser}' does not exist");
    }

    public void Ignoring(bool isNotifier, string command)
        => Warn(EventIds.ScriptSecurity, $"Failed to set default user for {(isNotifier ? "notify" : "vrrp")} script {command} - ignoring");

    public void NoAccount(string title, string command, string missing)
        => Warn(EventIds.ScriptCheck, $"{title}: Unable to set uid/gid for script {command}: there is no {missing} - ignoring");

    public void Searched(string name, string path)
        => Warn(EventIds.ScriptCheck, $"WARNING - script {name} resolved by path search to {path}. Please specify full path.");

    public void Missing(string name, Errno errno, string? element)
    {
        Warn(EventIds.ScriptCheck, $"Script {name} cannot be accessed - {ErrnoText.Of(errno)}");
        if (element is not null && element != name)
            Warn(EventIds.ScriptCheck, $"  it is {element} that cannot be");
    }

    public void WrongType(string name) => Warn(EventIds.ScriptCheck, $"Wrong file type found in script path '{name}'.");

    public void NotExecutable(string name, HostAccount account, HostPathElement element, HostPathElement end)
    {
        Warn(EventIds.ScriptCheck, $"WARNING - script '{name}' is not executable for uid:gid {account.UserId}:{account.GroupId} - disabling.");
        if (element.Path != end.Path)
            Warn(EventIds.ScriptCheck, $"  {account.Name} may not enter {element.Path}, mode {Octal(element.Status)}");
    }

    public void Unsafe(string name, bool isDisabled, HostPathElement element, ScriptRisk risk, HostAccounts accounts)
    {
        Warn(EventIds.ScriptSecurity, $"Unsafe permissions found for script '{name}'{(isDisabled ? " - disabling" : "")}.");
        List<string> who = [];
        if (risk.BelongsToOther)
            who.Add($"belongs to {accounts.UserName(element.Status.UserId)}");
        if (risk.OthersWrite)
            who.Add("can be written by everybody");
        else if (risk.GroupWrites)
            who.Add($"can be written by {accounts.GroupName(element.Status.GroupId)}");
        Warn(EventIds.ScriptSecurity, $"  {element.Path} {string.Join(" and ", who)}, mode {Octal(element.Status)}");
    }

    /// <summary>Of a tracked script, behind what is wrong with its file: whoever tracks it does so no more.</summary>
    public void Disabled(string script, bool isInsecure)
        => Warn(EventIds.ScriptSecurity, $"Disabling track script {script} {(isInsecure ? "due to insecure" : "since not found/accessible")}");

    public void NoInterpreter(string path) => Warn(EventIds.ScriptCheck, $"Please add a #! shebang to script {path}");

    public void NotSecured(bool hasInsecure)
        => Warn(
            EventIds.ScriptSecurity,
            $"SECURITY VIOLATION - scripts are being executed but script_security not enabled.{(hasInsecure ? " There are insecure scripts." : "")}");

    private static string Octal(FileStatus status) => Convert.ToString((int)status.Mode, 8).PadLeft(4, '0');

    private void Warn(int id, string line) => log.Write(LogLevel.Warning, id, $"{line}");
}
