using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Namespaces;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>What is said of network namespaces that a configuration names and this host does not have, or does not let in.</summary>
internal static class NamespaceChecks
{
    /// <summary>The namespace that the file names, and that could not be entered.</summary>
    public static void ReportRefused(LoadResult read, NetworkNamespace refused, OsError why)
        => read.Diagnostics.Report(
            DiagnosticCatalogue.NetworkNamespaceMissing, read.Configuration.Spans.NetworkNamespace, Explain(read.Configuration.NetworkNamespace!, refused, why),
            why.Errno == Errno.ENOENT ? $"make it before the daemon starts: ip netns add {refused.FileName}" : null);

    /// <summary>The namespace whose IPVS is to be managed: without it the rest can still be done.</summary>
    public static void LookForIpvs(LoadResult read)
    {
        if (read.Configuration.NetworkNamespaceOfIpvs is not { Length: > 0 } name)
            return;
        NetworkNamespace network = new(name);
        OsError failure = network.Look();
        if (failure.IsError)
        {
            read.Diagnostics.Report(
                DiagnosticCatalogue.IpvsNamespaceMissing, read.Configuration.Spans.NetworkNamespaceOfIpvs, Explain(name, network, failure));
        }
    }

    public static string Explain(string name, NetworkNamespace refused, OsError why)
    {
        string reason = why.Errno switch
        {
            Errno.ENOENT or Errno.ENOTDIR => $"{refused.Path} does not exist",
            Errno.EINVAL => $"{refused.Path} is no network namespace",
            Errno.EPERM or Errno.EACCES => $"it takes root, or the capability CAP_SYS_ADMIN ({why})",
            _ => why.ToString(),
        };
        return $"Unable to set network namespace {name}: {reason}";
    }
}
