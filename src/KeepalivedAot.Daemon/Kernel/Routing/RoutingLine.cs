using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink.Routing;

namespace KeepalivedAot.Daemon.Kernel.Routing;

/// <summary>A route or a rule as the configuration wants it.</summary>
/// <param name="Text">The line in the language of the configuration, always the same for the same object.</param>
internal abstract record RoutingLine(string Text)
{
    /// <summary>For the log: route or rule.</summary>
    public abstract string Noun { get; }

    /// <summary>It carries keepalived's protocol number: wherever it is found it is ours.</summary>
    public bool IsMarked => Protocol == ParameterMapping.KeepalivedProtocol;

    /// <summary>RTPROT_*: who put it there.</summary>
    public abstract byte Protocol { get; }

    /// <summary>The interfaces without which the kernel does not take it.</summary>
    public virtual IReadOnlyList<NetworkInterface> Interfaces => [];

    /// <summary>The errno with which the kernel says that there is none to be removed.</summary>
    public abstract Errno Missing { get; }

    public abstract void Add(IKernel kernel, int tag);

    public abstract void Delete(IKernel kernel, int tag);

    public virtual bool Is(in ReportedRoute route) => false;

    public virtual bool Is(in ReportedRule rule) => false;

    public bool IsOn(NetworkInterface at)
    {
        foreach (NetworkInterface needed in Interfaces)
        {
            if (ReferenceEquals(needed, at))
                return true;
        }
        return false;
    }

    /// <summary>All interfaces exist: it can be asked for.</summary>
    public virtual bool IsPossible
    {
        get
        {
            foreach (NetworkInterface needed in Interfaces)
            {
                if (!needed.Exists)
                    return false;
            }
            return true;
        }
    }

    /// <summary>All interfaces are up: it stays where it was put.</summary>
    public bool IsLasting
    {
        get
        {
            foreach (NetworkInterface needed in Interfaces)
            {
                if (!needed.LinkIsUp)
                    return false;
            }
            return true;
        }
    }
}
