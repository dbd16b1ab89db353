using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Tracking.Scripts;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>What dumps tell of scripts.</summary>
internal interface IScriptReports
{
    /// <summary>Who runs scripts that do not say who.</summary>
    (uint User, uint Group) DefaultUser { get; }

    /// <summary>Null for a script that is not configured, or cannot be run.</summary>
    ScriptProgram? Find(ConfigScript? script);

    /// <inheritdoc cref="Find(ConfigScript?)"/>
    ScriptProgram? Find(ConfigCommand? script);

    /// <summary>A tracked script at work; null when there is none of that name.</summary>
    ScriptTracker? FindTracker(string name);
}
