using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Lints;

/// <summary>Finds what a valid configuration says and most likely does not mean (KA09xx).</summary>
/// <remarks>
/// For <c>check</c> only. A daemon that starts and <c>-t</c> say what keepalived says and no more, so that logs stay calm. It
/// needs nothing but the file; what the host knows is in <c>HostLints</c>, and what a second file knows in <see cref="PeerComparison"/>.
/// </remarks>
public static class ConfigurationLints
{
    /// <summary>After <see cref="ConfigurationLoader"/> has returned: every property is final. Warnings and hints only.</summary>
    public static void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        InstanceLints.Run(configuration, diagnostics);
        AddressLints.Run(configuration, diagnostics);
        OrderLints.Run(configuration, diagnostics);
        TrackerLints.Run(configuration, diagnostics);
        GroupLints.Run(configuration, diagnostics);
        ScriptLints.Run(configuration, diagnostics);
        ProcessLints.Run(configuration, diagnostics);
        VirtualServerLints.Run(configuration, diagnostics);
    }
}
