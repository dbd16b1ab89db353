using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Netlink;

/// <summary>Whoever cares for some links of many: the kernel keeps back what is about others.</summary>
public interface ILinkInterest
{
    /// <summary>Another number with every change of what <see cref="AddTo"/> adds.</summary>
    int InterestVersion { get; }

    void AddTo(LinkFilter filter);

    /// <summary>Notifications of all links come through from now on, and cost time. Nothing else depends on it.</summary>
    void OnFilterRefused(OsError why);
}
