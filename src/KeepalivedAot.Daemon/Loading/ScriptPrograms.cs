using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Linux.Files;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>Finds the program of a script and who it runs as, by keepalived's rules (grammar 13.9).</summary>
/// <param name="defaultUser">Of <c>script_user</c>; null where the configuration has none.</param>
internal sealed class ScriptPrograms(IHostFiles files, string? defaultUser, string? defaultGroup)
{
    public const string FallbackUser = "keepalived_script";

    private const uint SetUserId = 0x800;
    private const uint SetGroupId = 0x400;
    private const uint Sticky = 0x200;
    private const uint GroupWrite = 0x10;
    private const uint OthersWrite = 0x2;

    /// <summary>Where a service of this host looks for programs.</summary>
    private static readonly string[] SearchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    public static string SearchPathText { get; } = string.Join(' ', SearchPath);

    public HostAccounts Accounts { get; } = new(files);

    /// <summary>Who runs what names no user: of <c>script_user</c>, else keepalived_script where there is one; null is whoever the daemon is.</summary>
    public string? DefaultUser => defaultUser ?? (Accounts.HasUser(FallbackUser) ? FallbackUser : null);

    public string? DefaultGroup => defaultUser is null ? null : defaultGroup;

    /// <summary>The first word of the command; null when there is nothing to look at.</summary>
    public static string? ProgramOf(ScriptUse script)
    {
        if (script.IsProbe || !CommandWords.TrySplit(script.Command, out string[]? words) || words.Length == 0)
            return null;
        // A relative path is one from a directory that only the daemon knows.
        return words[0].Contains('/') && words[0][0] != '/' ? null : words[0];
    }

    /// <param name="user">Who it was to be.</param>
    /// <param name="missing">What there is not when the result is null: "user bob", "group web".</param>
    public HostAccount? AccountOf(ScriptUse script, out string user, out string missing)
    {
        user = script.User ?? defaultUser ?? (Accounts.HasUser(FallbackUser) ? FallbackUser : HostAccount.Root.Name);
        missing = "";
        return Accounts.IsKnown ? Accounts.Resolve(user, script.User is null ? defaultGroup : script.Group, out missing) : HostAccount.Root;
    }

    /// <summary>The way to the program, which may end early; null when the search path does not have it.</summary>
    public HostPath? Find(string program) => program[0] == '/' ? HostPath.Follow(files, program) : Search(program);

    public HostPath? Search(string program)
    {
        foreach (string directory in SearchPath)
        {
            HostPath path = HostPath.Follow(files, $"{directory}/{program}");
            if (!path.Failure.IsError && path.End.Status.Type == FileType.Regular)
                return path;
        }
        return null;
    }

    /// <summary>Whether a file may be executed, or a directory entered.</summary>
    public static bool MayExecute(FileStatus status, HostAccount account)
    {
        if (account.UserId == 0)
            return status.Type == FileType.Directory || (status.Mode & 0x49) != 0;
        int shift = status.UserId == account.UserId ? 6 : account.Groups.Contains(status.GroupId) ? 3 : 0;
        return ((status.Mode >> shift) & 1) != 0;
    }

    /// <summary>Who else could change what is run. Of what runs as root that is nobody; of others it is enough that not everybody can.</summary>
    /// <param name="element">Of the way to the program.</param>
    /// <param name="end">The program.</param>
    public static ScriptRisk RiskOf(HostPathElement element, HostPathElement end, HostAccount account)
    {
        FileStatus status = element.Status;
        bool runsAsRoot = account.IsRoot
            || ((end.Status.Mode & SetUserId) != 0 && end.Status.UserId == 0) || ((end.Status.Mode & SetGroupId) != 0 && end.Status.GroupId == 0);
        bool isSticky = status.Type == FileType.Directory && (status.Mode & Sticky) != 0;
        return new ScriptRisk(
            runsAsRoot,
            BelongsToOther: runsAsRoot && status.UserId != 0,
            GroupWrites: runsAsRoot && !isSticky && (status.Mode & GroupWrite) != 0 && status.GroupId != 0,
            OthersWrite: !isSticky && (status.Mode & OthersWrite) != 0);
    }

    /// <summary>The risk in words, and the command that takes it away.</summary>
    public (string What, string Repair) Describe(ScriptRisk risk, HostPathElement element, HostPathElement end)
    {
        FileStatus status = element.Status;
        List<string> who = [];
        if (risk.BelongsToOther)
            who.Add($"belongs to {Accounts.UserName(status.UserId)}");
        if (risk.OthersWrite)
            who.Add("can be written by everybody");
        else if (risk.GroupWrites)
            who.Add($"can be written by {Accounts.GroupName(status.GroupId)}");
        string way = element.Path == end.Path ? "" : $", on the way to {end.Path},";
        List<string> repair = [];
        if (risk.BelongsToOther)
            repair.Add($"chown root {element.Path}");
        if (risk.GroupWrites || risk.OthersWrite)
            repair.Add($"chmod {(risk.GroupWrites ? "g" : "")}{(risk.OthersWrite ? "o" : "")}-w {element.Path}");
        return ($"{element.Path}{way} {string.Join(" and ", who)}", $"run '{string.Join(" && ", repair)}'");
    }
}

/// <summary>What makes an element of a script's path a risk.</summary>
internal readonly record struct ScriptRisk(bool RunsAsRoot, bool BelongsToOther, bool GroupWrites, bool OthersWrite)
{
    public bool Any => BelongsToOther || GroupWrites || OthersWrite;
}
