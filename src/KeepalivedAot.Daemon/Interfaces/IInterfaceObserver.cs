using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Daemon.Interfaces;

/// <summary>Is told what changes at the interfaces that the configuration names.</summary>
public interface IInterfaceObserver
{
    /// <summary>It appeared, went away, or its link changed (up, down, MTU, hardware address).</summary>
    /// <param name="isAnother">The index is another than before: sockets and kernel objects of the old one are void.</param>
    void OnInterfaceChanged(NetworkInterface changed, bool isAnother);

    /// <summary>It gets another name and is not ours any more, but is still there by its index: the time to take away what is ours.</summary>
    /// <param name="name">What it is called now.</param>
    void OnInterfaceLeaving(NetworkInterface leaving, KernelName name);

    /// <summary>Notifications were lost, and everything has been reported anew.</summary>
    void OnResynchronised();

    /// <summary>An address came, or its flags changed.</summary>
    void OnAddressReported(NetworkInterface at, in InterfaceAddress address);

    void OnAddressGone(NetworkInterface at, in InterfaceAddress address);
}
