using KeepalivedAot.Config;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Namespaces;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>What tells this daemon from others on the host (daemon.md, section 6). None of it can change while it runs.</summary>
internal sealed record DaemonIdentity
{
    private string? _namespaceOfIpvs;

    private DaemonIdentity()
    {
    }

    /// <summary>Where the daemon works; null: where it was started.</summary>
    public NetworkNamespace? Namespace { get; private init; }

    public string? Instance { get; private init; }

    /// <summary>Pid files have a directory of their own.</summary>
    public bool UsesOwnDirectory { get; private init; }

    /// <summary>What is appended to the name in the log and to names of log files: <c>_NAMESPACE_INSTANCE</c>, as far as there are any.</summary>
    public string Suffix => $"{(Namespace is null ? "" : $"_{Namespace.FileName}")}{InstanceSuffix}";

    private string InstanceSuffix => Instance is null ? "" : $"_{Instance}";

    public static DaemonIdentity Of(DaemonOptions options, Configuration configuration)
    {
        string? name = options.NetworkNamespace ?? configuration.NetworkNamespace;
        return new DaemonIdentity
        {
            Namespace = name is null ? null : new NetworkNamespace(name),
            Instance = configuration.InstanceName,
            UsesOwnDirectory = configuration.UsePidDirectory || name is not null || configuration.InstanceName is not null,
            _namespaceOfIpvs = configuration.Spans.NetworkNamespaceOfIpvs.IsGiven ? configuration.NetworkNamespaceOfIpvs ?? "" : null,
        };
    }

    /// <summary>A pid file of this daemon.</summary>
    /// <param name="given">As the command line has it; null is the usual place.</param>
    public string PidFile(string? given, string directory, string name) => Path.GetFullPath(given ?? $"{directory}/{name}{InstanceSuffix}.pid");

    /// <summary>Where <c>reload_file</c> without a path has its file: beside the pid files.</summary>
    public string ReloadFile => $"{(UsesOwnDirectory ? RunDirectory.Common : "/run")}/keepalived{InstanceSuffix}.reload";

    /// <summary>What a reload would have to change and cannot, in keepalived's words; null when there is nothing.</summary>
    public string? FixedDifference(DaemonIdentity wanted)
    {
        if (Namespace?.Path != wanted.Namespace?.Path)
            return "network namespace";
        if (_namespaceOfIpvs != wanted._namespaceOfIpvs)
            return "IPVS network namespace";
        return Instance != wanted.Instance ? "instance name" : null;
    }
}
