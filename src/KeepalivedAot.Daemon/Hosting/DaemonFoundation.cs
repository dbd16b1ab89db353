using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Recording;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What there must be before a configuration can be read: the loop, the kernel's interfaces, and who reads.</summary>
internal sealed class DaemonFoundation : IDisposable
{
    private readonly Log _log;
    private readonly DaemonOptions _options;

    private DaemonFoundation(DaemonOptions options, SeenFiles files, EventLoop loop, LinuxVrrpWorld world, VrrpRecorder? recorder, Log vrrpLog)
    {
        Recorder = recorder;
        Recording = recorder is null ? null : new RecordingWorld(world, recorder);
        _log = vrrpLog;
        Loop = loop;
        World = world;
        Interfaces = new InterfaceTable(vrrpLog) { LogsAddresses = options.LogAddressChanges };
        _options = options;
        Files = files;
        Reader = ReaderOf(Path.GetFullPath(options.ConfigurationFile), files);
    }

    public EventLoop Loop { get; }

    public LinuxVrrpWorld World { get; }

    /// <summary>Who writes down what VRRP takes from outside; null without <c>--record</c>.</summary>
    public VrrpRecorder? Recorder { get; }

    /// <summary>What VRRP has for its world then.</summary>
    public RecordingWorld? Recording { get; }

    /// <summary>What VRRP has for its world.</summary>
    public IVrrpWorld VrrpWorld => Recording is null ? World : Recording;

    public InterfaceTable Interfaces { get; }

    public ConfigurationReader Reader { get; }

    /// <summary>What it read last.</summary>
    public SeenFiles Files { get; }

    /// <param name="files">What the first configuration was read from.</param>
    /// <param name="directory">Where the record of kernel objects is kept.</param>
    public static DaemonFoundation? Open(
        DaemonOptions options, SeenFiles files, DaemonIdentity identity, RunDirectory directory, DaemonLog logs, out OsError failure)
    {
        EventLoop? loop = EventLoop.Open(out failure);
        if (loop is null)
            return null;
        LinuxVrrpWorld? world = LinuxVrrpWorld.Open(loop, RecordPath(options, identity, directory.Path), out failure);
        if (world is null)
        {
            loop.Dispose();
            return null;
        }
        DaemonFoundation foundation = new(options, files, loop, world, RecordFile.Open(options, logs.Daemon), logs.Vrrp);
        foundation.SayRegistered("Kernel netlink command channel");
        failure = foundation.VrrpWorld.Observe(foundation.Interfaces);
        if (failure.IsError)
        {
            foundation.Dispose();
            return null;
        }
        world.Limit(foundation.Interfaces);
        foundation.SayRegistered("Kernel netlink reflector");
        return foundation;
    }

    /// <summary>Who reads another file as the daemon reads its own.</summary>
    /// <param name="path">Absolute.</param>
    public ConfigurationReader ReaderOf(string path) => ReaderOf(path, new HostConfigFiles());

    private ConfigurationReader ReaderOf(string path, IConfigFiles files)
        => new(path, _options.SettingsFile, Interfaces, World.TakeSnapshot, files, HostLoading.For(_options));

    /// <summary>Opens what announcements leave by; only a daemon that is alone needs it.</summary>
    public OsError OpenFrames()
    {
        OsError failure = World.OpenFrames();
        if (failure.IsError)
            return failure;
        SayRegistered("gratuitous ARP shared channel");
        SayRegistered("gratuitous NDISC shared channel");
        return failure;
    }

    public void Dispose()
    {
        Recorder?.Dispose();
        World.Dispose();
        Loop.Dispose();
    }

    private void SayRegistered(string what) => _log.Write(LogLevel.Info, EventIds.Registering, $"Registering {what}");

    // One record for each daemon: several of them, told apart by their pid files, may run side by side. Its name is the same whether the
    // directory could be mounted or not, so that the next start finds it.
    public static string RecordPath(DaemonOptions options, DaemonIdentity identity, string directory)
        => $"{directory}/kernel{PidFiles.VrrpPath(options, identity, RunDirectory.Common).Replace('/', '-')}.record";
}
