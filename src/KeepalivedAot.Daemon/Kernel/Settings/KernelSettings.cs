using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Kernel.Settings;

/// <summary>Settings of the kernel that are changed while something needs them: counted, and put back as they were.</summary>
/// <remarks>
/// What somebody else has changed meanwhile is left as it is. A change is made by <see cref="FlushChanges"/>, so that the record can name it before;
/// an earlier run that could not put it back is caught up with (<see cref="Adopt"/>). Names are paths below /proc/sys.
/// </remarks>
internal sealed class KernelSettings(IKernel kernel, Log log)
{
    // Whoever needs the first asks for all: datagrams that come in on a VMAC would have to leave on the base.
    private const string AllReversePathFilter = "net/ipv4/conf/all/rp_filter";

    // The kernel tells of a new name before the settings have it: how often to look for them.
    private const int Tries = 3;

    private readonly Dictionary<string, Setting> _settings = [];
    private readonly List<Moved> _moved = [];
    private readonly List<string> _reversePathFilters = [];
    private bool _isDirty;
    private int _reversePathUsers;

    /// <summary>What <see cref="Changed"/> tells is not what it told when the record was written.</summary>
    public bool IsUnrecorded { get; private set; }

    /// <summary>The record names what <see cref="Changed"/> tells.</summary>
    public void OnRecorded() => IsUnrecorded = false;

    /// <summary>One could not be put back, which may succeed when it is tried again: <see cref="Retry"/>.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Something is not as it was found.</summary>
    public bool HoldsAny => _moved.Count > 0 || _settings.Values.Any(static setting => setting.IsChanged);

    /// <summary>What is changed, or will be with the next flush.</summary>
    public IEnumerable<(string Name, int Original, int Value)> Changed
        => _settings.Where(static pair => pair.Value.Original != pair.Value.Value).Select(static pair => (pair.Key, pair.Value.Original, pair.Value.Value))
            .Concat(_moved.Select(static moved => (moved.Name, moved.Original, moved.Value)));

    /// <summary>What a setting that is required was before; null for any other.</summary>
    public int? FindOriginal(string name) => _settings.GetValueOrDefault(name)?.Original;

    /// <summary>net.ipv4.conf.INTERFACE.NAME.</summary>
    public static string Ipv4(string interfaceName, string name) => $"net/ipv4/conf/{interfaceName}/{name}";

    /// <summary>net.ipv6.conf.INTERFACE.NAME.</summary>
    public static string Ipv6(string interfaceName, string name) => $"net/ipv6/conf/{interfaceName}/{name}";

    /// <summary>From the next flush of changes on the setting has this value. Everybody who needs a setting needs the same value of it.</summary>
    public void Require(string name, int value)
    {
        if (!_settings.TryGetValue(name, out Setting? setting))
        {
            Errno error = kernel.ReadSetting(name, out int original);
            setting = new Setting(error == Errno.None ? original : value, value);
            _settings.Add(name, setting);
            // An interface that is not there has no settings; who needs them comes back with it.
            if (error is not (Errno.None or Errno.ENOENT))
                log.Write(LogLevel.Warning, EventIds.KernelSetting, $"Setting {name} cannot be read - {new ErrnoText(error)}");
            setting.IsMissing = error == Errno.ENOENT;
            IsUnrecorded |= setting.Original != value;
        }
        setting.Users++;
        _isDirty = true;
    }

    public void Release(string name)
    {
        _settings[name].Users--;
        _isDirty = true;
    }

    /// <summary>
    /// net.ipv4.conf.all.rp_filter outweighs that of each interface where it is the higher one: it becomes 0, and what it was is moved to the interfaces and
    /// to the default for new ones.
    /// </summary>
    public void RequireOwnReversePathFilters()
    {
        if (_reversePathUsers++ > 0)
            return;
        // An earlier run has moved it, or we are about to put it back.
        if (_settings.ContainsKey(AllReversePathFilter))
        {
            foreach ((string name, Setting setting) in _settings.Where(static pair => IsMovedReversePathFilter(pair.Key, pair.Value.Value)).ToList())
            {
                Require(name, setting.Value);
                _reversePathFilters.Add(name);
            }
            return;
        }
        if (kernel.ReadSetting(AllReversePathFilter, out int all) != Errno.None || all == 0)
            return;
        log.Write(LogLevel.Info, EventIds.KernelSetting, $"NOTICE: setting sysctl net.ipv4.conf.all.rp_filter from {all} to 0");
        foreach (string interfaceName in kernel.ListInterfaceSettings())
        {
            string name = Ipv4(interfaceName, "rp_filter");
            if (interfaceName == "all" || kernel.ReadSetting(name, out int own) != Errno.None || own >= all)
                continue;
            Require(name, all);
            _reversePathFilters.Add(name);
        }
        Require(AllReversePathFilter, 0);
        _reversePathFilters.Add(AllReversePathFilter);
    }

    private static bool IsMovedReversePathFilter(string name, int value)
        => name == AllReversePathFilter || (value > 0 && name.StartsWith("net/ipv4/conf/", StringComparison.Ordinal) && name.EndsWith("/rp_filter", StringComparison.Ordinal));

    public void ReleaseOwnReversePathFilters()
    {
        if (--_reversePathUsers > 0)
            return;
        foreach (string name in _reversePathFilters)
            Release(name);
        _reversePathFilters.Clear();
    }

    /// <summary>An earlier run has changed this and not put it back.</summary>
    public void Adopt(string name, int original, int value)
    {
        if (kernel.ReadSetting(name, out int present) != Errno.None || present != value || _settings.ContainsKey(name))
            return;
        _settings.Add(name, new Setting(original, value) { IsChanged = true });
        _isDirty = true;
    }

    /// <summary>It takes along what was changed, under another name: that is put back there.</summary>
    public void OnInterfaceRenamed(string interfaceName, string now)
    {
        foreach ((string name, Setting setting) in _settings)
        {
            if (!setting.IsChanged || !IsOf(interfaceName, name))
                continue;
            setting.IsChanged = false;
            _moved.Add(new Moved(name, name.Replace($"/{interfaceName}/", $"/{now}/", StringComparison.Ordinal), setting.Original, setting.Value));
            _isDirty = true;
            IsUnrecorded = true;
        }
    }

    /// <summary>It has other settings now, or none.</summary>
    /// <param name="isThere">There is an interface of that name.</param>
    public void OnInterfaceReplaced(string interfaceName, bool isThere)
    {
        foreach ((string name, Setting setting) in _settings)
        {
            if (!IsOf(interfaceName, name))
                continue;
            setting.TriesLeft = isThere ? Tries : 0;
            LookAgain(name, setting, isThere);
        }
    }

    private void LookAgain(string name, Setting setting, bool isThere)
    {
        int original = 0;
        setting.IsMissing = !isThere || kernel.ReadSetting(name, out original) != Errno.None;
        setting.TriesLeft = setting.IsMissing ? Math.Max(setting.TriesLeft - 1, 0) : 0;
        IsBehind |= setting.TriesLeft > 0;
        // It is back under its name before it was put back under the other one.
        if (!setting.IsMissing && original == setting.Value && _moved.Find(moved => moved.Former == name) is { } back)
        {
            _moved.Remove(back);
            setting.Original = back.Original;
            setting.IsChanged = true;
        }
        // Only now seen, it is the one that an earlier run has changed; a new one does not begin with our value.
        if (setting.IsChanged && original == setting.Value && !setting.IsMissing)
            return;
        setting.IsChanged = false;
        setting.Refusal = Errno.None;
        setting.Original = setting.IsMissing ? setting.Value : original;
        IsUnrecorded |= setting.Original != setting.Value;
        _isDirty = true;
    }

    /// <summary>Makes the changes that are needed.</summary>
    public void FlushChanges()
    {
        if (!_isDirty)
            return;
        foreach ((string name, Setting setting) in _settings)
        {
            if (setting.Users > 0)
                Change(name, setting);
        }
    }

    /// <summary>Tries again with the next flush what could not be put back, and looks for what should be there.</summary>
    public void Retry()
    {
        _isDirty |= IsBehind;
        IsBehind = false;
        foreach ((string name, Setting setting) in _settings)
        {
            if (setting.TriesLeft > 0)
                LookAgain(name, setting, isThere: true);
        }
    }

    /// <summary>Takes back the changes that are not needed any more.</summary>
    public void FlushRestores()
    {
        if (!_isDirty)
            return;
        _isDirty = false;
        List<string>? done = null;
        foreach ((string name, Setting setting) in _settings)
        {
            if (setting.Users > 0)
                _isDirty |= !setting.IsChanged && !setting.IsMissing && setting.Original != setting.Value && setting.Refusal == Errno.None;
            else if (TryRestore(name, setting))
                (done ??= []).Add(name);
        }
        foreach (string name in done ?? [])
        {
            IsUnrecorded |= _settings[name].Original != _settings[name].Value;
            _settings.Remove(name);
        }
        _moved.RemoveAll(TryRestore);
    }

    private static bool IsOf(string interfaceName, string name)
        => name.StartsWith(Ipv4(interfaceName, ""), StringComparison.Ordinal) || name.StartsWith(Ipv6(interfaceName, ""), StringComparison.Ordinal);

    private void Change(string name, Setting setting)
    {
        if (setting.IsChanged || setting.IsMissing || setting.Original == setting.Value)
            return;
        Errno error = kernel.WriteSetting(name, setting.Value);
        setting.IsChanged = error == Errno.None;
        if (error != Errno.None && error != setting.Refusal)
            log.Write(LogLevel.Error, EventIds.KernelSetting, $"Setting {name} cannot be changed from {setting.Original} to {setting.Value} - {new ErrnoText(error)}");
        setting.Refusal = error;
    }

    private bool TryRestore(Moved moved)
    {
        Errno error = kernel.ReadSetting(moved.Name, out int present);
        if (error == Errno.None && present != moved.Value)
            return true;
        if (error == Errno.None)
            error = kernel.WriteSetting(moved.Name, moved.Original);
        if (error == Errno.None)
            return true;
        if (--moved.TriesLeft == 0)
        {
            // It may have gone meanwhile, and its settings with it.
            if (error != Errno.ENOENT)
                log.Write(LogLevel.Error, EventIds.KernelSetting, $"Setting {moved.Name} cannot be put back to {moved.Original} - {new ErrnoText(error)}");
            return true;
        }
        IsBehind = true;
        return false;
    }

    private bool TryRestore(string name, Setting setting)
    {
        if (!setting.IsChanged)
            return true;
        Errno error = kernel.ReadSetting(name, out int present);
        // Gone with its interface, or changed by somebody who will have had a reason.
        if (error == Errno.ENOENT || (error == Errno.None && present != setting.Value))
            return true;
        if (error == Errno.None)
            error = kernel.WriteSetting(name, setting.Original);
        if (error == Errno.None)
            return true;
        IsBehind = true;
        if (error != setting.Refusal)
            log.Write(LogLevel.Error, EventIds.KernelSetting, $"Setting {name} cannot be put back to {setting.Original} - {new ErrnoText(error)}");
        setting.Refusal = error;
        return false;
    }

    private sealed class Setting(int original, int value)
    {
        public int Original { get; set; } = original;

        public int Value => value;

        public int Users { get; set; }

        /// <summary>We have changed it.</summary>
        public bool IsChanged { get; set; }

        public bool IsMissing { get; set; }

        /// <summary>How often to look yet whether it is there.</summary>
        public int TriesLeft { get; set; }

        /// <summary>What the kernel refused it with last.</summary>
        public Errno Refusal { get; set; }
    }

    /// <summary>What was changed on an interface that has another name now.</summary>
    private sealed class Moved(string former, string name, int original, int value)
    {
        public string Former => former;

        public string Name => name;

        public int Original => original;

        public int Value => value;

        public int TriesLeft { get; set; } = Tries;
    }
}
