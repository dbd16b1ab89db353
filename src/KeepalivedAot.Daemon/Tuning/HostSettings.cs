using KeepalivedAot.Config.Global;

namespace KeepalivedAot.Daemon.Tuning;

/// <summary>What <c>global_defs</c> says of the process and its sockets, put into force at the start and at each reload.</summary>
internal sealed class HostSettings(ProcessTuning tuning, AutoPriority autoPriority, NetlinkBuffers buffers)
{
    public void Apply(GlobalDefsBlock globals)
    {
        buffers.Apply(globals);
        tuning.Apply(globals);
        autoPriority.Apply(globals);
    }

    /// <inheritdoc cref="ProcessTuning.RelaxForReload"/>
    public void RelaxForReload() => tuning.RelaxForReload();

    /// <inheritdoc cref="ProcessTuning.Restore"/>
    public void Restore() => tuning.Restore();
}
