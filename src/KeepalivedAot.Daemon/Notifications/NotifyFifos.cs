using System.Globalization;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Scripts;

namespace KeepalivedAot.Daemon.Notifications;

/// <summary>The FIFOs of a configuration: <c>notify_fifo</c>, <c>vrrp_notify_fifo</c>, <c>lvs_notify_fifo</c>.</summary>
internal sealed class NotifyFifos(IScriptRunner runner, IHostFiles files, Log log)
{
    private const int Global = 0;
    private const int Vrrp = 1;
    private const int Lvs = 2;

    private readonly NotifyFifo?[] _fifos = new NotifyFifo?[3];
    private readonly List<byte[]> _lines = [];

    /// <summary>Opens those of the configuration. One that stays as it was stays open, and its readers notice nothing.</summary>
    /// <remarks>As keepalived, whose processes each make those that they write to: none runs that has nothing to do.</remarks>
    public void Adopt(Configuration configuration, DaemonModules modules, ScriptCatalogue catalogue)
    {
        GlobalDefsBlock globals = configuration.GlobalDefs;
        ScriptPrograms accounts = new(files, globals.ScriptUser?.User, globals.ScriptUser?.Group);
        bool isVrrp = (modules & DaemonModules.Vrrp) != 0;
        bool isLvs = (modules & DaemonModules.Checkers) != 0 && configuration.VirtualServers.Count > 0;
        FifoPath? all = isVrrp || isLvs ? globals.NotifyFifo : null;
        FifoPath? vrrp = isVrrp ? globals.VrrpNotifyFifo : null;
        FifoPath? lvs = isLvs ? globals.LvsNotifyFifo : null;
        if (vrrp is not null && vrrp.Path == globals.NotifyFifo?.Path)
        {
            Say($"notify FIFO {vrrp.Path} has been specified for global and vrrp FIFO - ignoring vrrp FIFO");
            vrrp = null;
        }
        if (lvs is not null && lvs.Path == globals.NotifyFifo?.Path)
        {
            Say($"notify FIFO {lvs.Path} has been specified for global and LVS FIFO - ignoring LVS FIFO");
            lvs = null;
        }
        Adopt(Global, "", all, globals.NotifyFifoScript, catalogue, accounts);
        Adopt(Vrrp, "vrrp ", vrrp, globals.VrrpNotifyFifoScript, catalogue, accounts);
        Adopt(Lvs, "lvs ", lvs, globals.LvsNotifyFifoScript, catalogue, accounts);
    }

    /// <summary>A line for the FIFOs that VRRP writes to; it leaves with the next <see cref="Flush"/>.</summary>
    public void Write(bool isGroup, string name, Notice notice, int priority)
    {
        if (_fifos[Global] is null && _fifos[Vrrp] is null)
            return;
        string line = string.Create(
            CultureInfo.InvariantCulture, $"{(isGroup ? "GROUP" : "INSTANCE")} \"{name}\" {NoticeNames.Of(notice)} {priority}\n");
        _lines.Add(ByteText.Encode(line));
    }

    public void Flush()
    {
        if (_lines.Count == 0)
            return;
        foreach (byte[] line in _lines)
        {
            _fifos[Global]?.Write(line);
            _fifos[Vrrp]?.Write(line);
        }
        _lines.Clear();
    }

    /// <summary>Ends the scripts; who else reads gets what is still to come.</summary>
    public void EndScripts()
    {
        foreach (NotifyFifo? fifo in _fifos)
            fifo?.EndScript();
    }

    public void Close()
    {
        Flush();
        foreach (NotifyFifo? fifo in _fifos)
            fifo?.Close();
        Array.Clear(_fifos);
    }

    private void Adopt(int place, string kind, FifoPath? wanted, ConfigScript? script, ScriptCatalogue catalogue, ScriptPrograms accounts)
    {
        (uint User, uint Group)? owner = null;
        if (wanted is not null && !TryResolveOwner(kind, wanted, accounts, out owner))
            wanted = null;
        ref NotifyFifo? fifo = ref _fifos[place];
        if (fifo is not null && (wanted is null || !fifo.IsFor(wanted.Path, owner)))
        {
            fifo.Close();
            fifo = null;
        }
        if (wanted is null)
            return;
        fifo ??= new NotifyFifo(kind, wanted.Path, owner, runner, log);
        fifo.Open();
        fifo.RunScript(script, catalogue.Find(script));
    }

    private bool TryResolveOwner(string kind, FifoPath fifo, ScriptPrograms accounts, out (uint User, uint Group)? owner)
    {
        owner = null;
        string? user = fifo.User ?? accounts.DefaultUser;
        if (user is null)
            return true;
        HostAccount? account = accounts.Accounts.Resolve(user, fifo.User is null ? accounts.DefaultGroup : fifo.Group, out string missing);
        if (account is null)
        {
            Say($"Invalid user/group for {kind}notify fifo {fifo.Path} - ignoring: there is no {missing}");
            return false;
        }
        owner = (account.UserId, account.GroupId);
        return true;
    }

    private void Say(string line) => log.Write(LogLevel.Warning, EventIds.FifoFailed, $"{line}");
}
