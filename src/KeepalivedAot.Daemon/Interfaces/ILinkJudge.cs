namespace KeepalivedAot.Daemon.Interfaces;

/// <summary>Decides what of the kernel's news of a link is believed, and when.</summary>
internal interface ILinkJudge
{
    /// <summary>Something of the interface is otherwise. Sets <see cref="NetworkInterface.CountsAsUp"/>, now or later.</summary>
    /// <param name="isAtOnce">It appeared, went away, or nothing was known of it before: there is nothing to wait for.</param>
    void Judge(NetworkInterface at, bool isAtOnce);
}
