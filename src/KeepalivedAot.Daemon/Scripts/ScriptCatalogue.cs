using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Launch;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Scripts;

/// <summary>
/// The scripts of a configuration that may run on this host, found by the value that names them. What is wrong with the others is
/// logged, once for each (daemon.md, section 9).
/// </summary>
internal sealed class ScriptCatalogue : IDisposable
{
    private const string Shell = "/bin/sh";

    private readonly Dictionary<object, ScriptProgram> _programs = new(ReferenceEqualityComparer.Instance);
    private readonly IHostFiles _files;
    private readonly ScriptLog _log;
    private readonly ScriptPrograms _lookup;
    private readonly GlobalDefsBlock _globals;
    private readonly List<string> _environment = ProcessEnvironment.Without("IFS", "LD_PRELOAD", "LD_LIBRARY_PATH");
    private readonly (uint User, uint Group) _self;
    private bool _hasInsecure;
    private bool _hasReportedDefaultUser;

    private ScriptCatalogue(GlobalDefsBlock globals, IHostFiles files, Log log, (uint User, uint Group) self)
    {
        _globals = globals;
        _files = files;
        _log = new ScriptLog(log);
        _lookup = new ScriptPrograms(files, globals.ScriptUser?.User, globals.ScriptUser?.Group);
        _self = self;
    }

    /// <param name="self">The user and group that the daemon has.</param>
    public static ScriptCatalogue Load(Configuration configuration, Settings settings, IHostFiles files, Log log, (uint User, uint Group) self)
    {
        ScriptCatalogue catalogue = new(configuration.GlobalDefs, files, log, self);
        foreach (ScriptUse use in ConfigurationScripts.Of(configuration, settings))
        {
            // Checks of real servers are not run yet, so neither are their scripts looked at.
            if (use.Keyword is "misc_path" or "quorum_up" or "quorum_down" or "notify_up" or "notify_down")
                continue;
            if (catalogue.Resolve(use) is { } program)
                catalogue._programs[use.Source!] = program;
        }
        if (catalogue._programs.Count > 0 && !configuration.GlobalDefs.EnableScriptSecurity)
            catalogue._log.NotSecured(catalogue._hasInsecure);
        return catalogue;
    }

    /// <summary>Null for a script that is not configured, or cannot be run.</summary>
    public ScriptProgram? Find(ConfigScript? script) => script is null ? null : _programs.GetValueOrDefault(script);

    /// <inheritdoc cref="Find(ConfigScript?)"/>
    public ScriptProgram? Find(ConfigCommand? script) => script is null ? null : _programs.GetValueOrDefault(script);

    /// <summary>Lets go of the programs; who holds one keeps it.</summary>
    public void Dispose()
    {
        foreach (ScriptProgram program in _programs.Values)
            program.Release();
        _programs.Clear();
    }

    /// <summary>Who runs scripts that do not say who.</summary>
    public (uint User, uint Group) DefaultUser
        => _lookup.DefaultUser is { } user && _lookup.Accounts.Resolve(user, _lookup.DefaultGroup, out _) is { } account
            ? (account.UserId, account.GroupId) : _self;

    private ScriptProgram? Resolve(ScriptUse use)
    {
        if (Account(use) is not { } account)
            return null;
        if (use.IsProbe)
            return Make(use, Shell, [Shell, "-c", use.Command], account, isInsecure: false);
        if (!CommandWords.TrySplit(use.Command, out string[]? words) || words.Length == 0)
        {
            _log.NoCommand(use.Title, use.Command);
            return null;
        }
        if (Locate(words[0], account, out bool isInsecure) is not { } found)
        {
            if (use.IsTracked)
                _log.Disabled(use.Owner, isInsecure);
            return null;
        }
        string[] arguments = [found.Path, .. words.AsSpan(1)];
        if (!IsTextWithoutInterpreter(found.File))
            return Make(use, found.Path, arguments, account, isInsecure);
        // As a shell does with a text that does not say what interprets it.
        _log.NoInterpreter(found.Path);
        return Make(use, Shell, [Shell, .. arguments], account, isInsecure);
    }

    private HostAccount? Account(ScriptUse use)
    {
        if (use.User is null && _globals.ScriptUser is null && !_lookup.Accounts.HasUser(ScriptPrograms.FallbackUser))
        {
            if (!_hasReportedDefaultUser)
                _log.NoDefaultUser(_globals.EnableScriptSecurity);
            _hasReportedDefaultUser = true;
            if (!_globals.EnableScriptSecurity)
                return new HostAccount(HostAccount.Root.Name, _self.User, _self.Group, [_self.Group]);
            _log.Ignoring(use.IsNotifier, use.Command);
            return null;
        }
        string user = use.User ?? _globals.ScriptUser?.User ?? ScriptPrograms.FallbackUser;
        string? group = use.User is null ? _globals.ScriptUser?.Group : use.Group;
        if (_globals.SetSupplementaryGroups && group is not [':', ..])
            group = $":{group}";
        HostAccount? account = _lookup.Accounts.Resolve(user, group, out string missing);
        if (account is null)
            _log.NoAccount(use.Title, use.Command, missing);
        return account;
    }

    /// <returns>What to execute, and the file that this is; null when it may not be.</returns>
    private (string Path, string File)? Locate(string name, HostAccount account, out bool isInsecure)
    {
        isInsecure = false;
        bool isSearched = !name.Contains('/');
        HostPath? found = isSearched ? _lookup.Search(name) : HostPath.Follow(_files, Path.GetFullPath(name, "/"));
        if (found is null || found.Failure.IsError)
        {
            _log.Missing(name, found?.Failure.Errno ?? Errno.ENOENT, found?.Failure.Subject);
            return null;
        }
        HostPathElement end = found.End;
        if (isSearched)
            _log.Searched(name, end.Path);
        if (end.Status.Type != FileType.Regular)
        {
            _log.WrongType(name);
            isInsecure = true;
            return null;
        }
        foreach (HostPathElement element in found.Elements)
        {
            if (ScriptPrograms.MayExecute(element.Status, account))
                continue;
            _log.NotExecutable(name, account, element, end);
            return null;
        }
        isInsecure = HasRisk(name, found, account);
        if (isInsecure && _globals.EnableScriptSecurity)
            return null;
        if (!isSearched && _globals.UseSymlinkPaths)
            return (Path.GetFullPath(name, "/"), end.Path);
        return (end.Path, end.Path);
    }

    private bool HasRisk(string name, HostPath found, HostAccount account)
    {
        foreach (HostPathElement element in found.Elements)
        {
            ScriptRisk risk = ScriptPrograms.RiskOf(element, found.End, account);
            if (!risk.RunsAsRoot || !risk.Any)
                continue;
            _hasInsecure = true;
            _log.Unsafe(name, _globals.EnableScriptSecurity, element, risk, _lookup.Accounts);
            return true;
        }
        return false;
    }

    private ScriptProgram Make(ScriptUse use, string program, string[] arguments, HostAccount account, bool isInsecure)
    {
        bool staysOurselves = account.UserId == _self.User && account.GroupId == _self.Group && account.Groups.Count <= 1;
        SpawnRequest request = new()
        {
            Path = program,
            Arguments = arguments,
            Environment = _environment,
            User = staysOurselves ? null : (account.UserId, account.GroupId),
            Groups = [.. account.Groups],
            ParentDeathSignal = SignalNumber.SIGTERM,
        };
        return new ScriptProgram(use.Title, new LaunchProgram(request))
        {
            Command = string.Join(' ', arguments.Select(static word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'")),
            UserId = account.UserId,
            GroupId = account.GroupId,
            IsInsecure = isInsecure,
        };
    }

    private bool IsTextWithoutInterpreter(string path)
    {
        if (_files.TryReadStart(path, 4, out byte[] start).IsError)
            return false;
        return !start.AsSpan().StartsWith("#!"u8) && !start.AsSpan().SequenceEqual("\u007fELF"u8);
    }
}
