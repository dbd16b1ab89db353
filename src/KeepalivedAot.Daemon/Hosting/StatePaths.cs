using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Daemon.Options;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Where a daemon listens, and where it keeps what outlives it. Several of them on one host do not meet there.</summary>
public sealed class StatePaths
{
    /// <summary>What survives a restart of the host.</summary>
    public const string State = "/var/lib/keepalived-aot";

    public const string Journals = $"{State}/journal";

    public const string SocketPrefix = "control";
    public const string SocketSuffix = ".sock";

    // Of sun_path (unix(7)) 107 bytes can be used.
    private const int LongestSocketPath = 107;

    private StatePaths(string socket, string journal, string maintenance)
    {
        Socket = socket;
        Journal = journal;
        Maintenance = maintenance;
    }

    /// <summary>The control socket, as the daemon sees it.</summary>
    public string Socket { get; }

    public string Journal { get; }

    public string Maintenance { get; }

    /// <param name="runDirectory">Where the daemon's files below /run are.</param>
    internal static StatePaths Of(DaemonOptions options, DaemonIdentity identity, string runDirectory)
    {
        // Daemons that are told apart by their pid files only, as Neutron starts them.
        string pid = options.VrrpPidFile is { } given ? Path.GetFullPath(given).Replace('/', '-') : "";
        string engine = (options.Modules & DaemonModules.Vrrp) != 0 ? "" : "_without_vrrp";
        string instance = identity.Instance is null ? "" : $"_{identity.Instance}";
        string socket = $"{runDirectory}/{SocketPrefix}{instance}{engine}{pid}{SocketSuffix}";
        if (Encoding.UTF8.GetByteCount(socket) > LongestSocketPath)
            socket = $"{runDirectory}/{SocketPrefix}-{Hash(socket):x16}{SocketSuffix}";
        string name = $"{identity.Suffix}{engine}{pid}";
        return new StatePaths(socket, $"{Journals}/events{name}.jsonl", $"{State}/maintenance{name}.json");
    }

    private static ulong Hash(string text)
    {
        Fnv1a hash = new();
        hash.Add(Encoding.UTF8.GetBytes(text));
        return hash.Value;
    }
}
