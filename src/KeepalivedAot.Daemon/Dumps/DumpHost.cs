namespace KeepalivedAot.Daemon.Dumps;

/// <summary>What dumps tell of the process and its host.</summary>
/// <param name="NetworkNamespace">Null: the one that it was started in.</param>
/// <param name="Umask">Of the command line; null: that of the configuration.</param>
internal sealed record DumpHost(string? NetworkNamespace, string? Instance, string HostName, int? Umask, int ProcessId);
