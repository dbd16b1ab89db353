using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Daemon.Planning;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>The daemon's VRRP module in a <see cref="ModelWorld"/>, with a configuration given as text.</summary>
internal sealed class ModelRouter : IConfigFiles, ILogSink
{
    private const string ConfigurationFile = "model.conf";

    private readonly InterfaceTable _interfaces;
    private readonly VrrpModule _module;
    private string _text = "";
    private PlannedSide _running = null!;

    /// <param name="prepare">What is known of tracked things before the start.</param>
    /// <param name="alerts">Who mails what becomes of instances and groups.</param>
    public ModelRouter(ModelWorld world, string configuration, Action<TrackerBoard>? prepare = null, IAlerts? alerts = null)
    {
        World = world;
        Log log = new(this, LogLevel.ExtraDetail);
        _interfaces = new InterfaceTable(log);
        world.Observe(_interfaces);
        _module = new VrrpModule(world, _interfaces, log, alerts: alerts);
        prepare?.Invoke(_module.Trackers);
        _module.Start(Read(configuration), world.Now);
    }

    public ModelWorld World { get; }

    public List<string> Lines { get; } = [];

    public VrrpModule Module => _module;

    /// <summary>As it was read last.</summary>
    public Configuration Configuration { get; private set; } = null!;

    public VrrpInstance this[string name] => _module.Instances.Single(i => i.Name == name);

    public VrrpState State => _module.Instances[0].Router.State;

    /// <summary>What has left since the last time that was asked.</summary>
    public List<string> TakeOutput()
    {
        List<string> output = [.. World.Output];
        World.Output.Clear();
        return output;
    }

    public void Advance(double seconds)
        => World.Advance(Duration.FromMilliseconds((long)(seconds * 1000)), _module.OnTurnEnd);

    /// <summary>One turn of the loop, a moment later.</summary>
    public void Turn() => World.Turn(Duration.FromMilliseconds(1), _module.OnTurnEnd);

    /// <summary>Lets the world's notifications arrive, and the turn end.</summary>
    public void Settle()
    {
        World.Deliver();
        _module.OnTurnEnd(World.Now);
        World.Deliver();
        _module.OnTurnEnd(World.Now);
    }

    /// <summary>What the last reload was to do.</summary>
    public ReloadPlan? Plan { get; private set; }

    public void Reload(string configuration)
    {
        PlannedSide former = _running;
        Configuration next = Read(configuration);
        Plan = ReloadPlan.Make(former, _running);
        _module.Reload(next, Plan, World.Now);
    }

    bool IConfigFiles.TryRead(string path, out byte[] content, out string problem)
    {
        bool isConfiguration = path == ConfigurationFile;
        content = isConfiguration ? Encoding.UTF8.GetBytes(_text) : [];
        problem = isConfiguration ? "" : "No such file or directory";
        return isConfiguration;
    }

    void ILogSink.Write(LogLevel level, int eventId, ReadOnlySpan<byte> line) => Lines.Add(Encoding.UTF8.GetString(line));

    private Configuration Read(string text)
    {
        _text = text;
        LoadResult result = new ConfigurationReader(ConfigurationFile, "keepalived-aot.toml", _interfaces, World.TakeSnapshot, this).Read(isTest: false);
        Assert.True(result.CanRun, string.Join('\n', result.Diagnostics));
        _running = PlannedSide.Of(result, DaemonIdentity.Of(new DaemonOptions(), result.Configuration), keepsText: false);
        return Configuration = result.Configuration;
    }
}
