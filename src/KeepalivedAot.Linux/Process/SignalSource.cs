using KeepalivedAot.Base.Time;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Loop;
using Tmds.Linux;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Whoever acts on signals.</summary>
public interface ISignalHandler
{
    /// <param name="number">One of <see cref="SignalNumber"/>.</param>
    /// <param name="senderPid">Who sent it; 0 when the kernel did, or a process in another pid namespace.</param>
    void OnSignal(int number, int senderPid);
}

/// <summary>The daemon's signals as input of the loop (signalfd). <see cref="SignalMask.BlockEverywhere"/> comes first.</summary>
public sealed unsafe class SignalSource : IEventSource, IDisposable
{
    private const int BatchLength = 16;

    private readonly ISignalHandler _handler;

    private SignalSource(int fd, ISignalHandler handler)
    {
        Fd = fd;
        _handler = handler;
    }

    /// <summary>Add it to the loop as <see cref="SourceOrder.AfterInput"/>.</summary>
    public int Fd { get; }

    /// <summary>Why the last read failed, other than for want of signals; None normally.</summary>
    public Errno ReadError { get; private set; }

    public static SignalSource? Open(ISignalHandler handler, out OsError error)
    {
        sigset_t set = SignalMask.SetOf(SignalMask.HandledBits);
        int fd = Libc.signalfd(-1, &set, Libc.SFD_NONBLOCK | Libc.SFD_CLOEXEC);
        error = fd < 0 ? OsError.Last("signalfd") : OsError.None;
        return fd < 0 ? null : new SignalSource(fd, handler);
    }

    public DrainResult OnReadable(Instant now, int budget)
    {
        int wanted = Math.Min(budget, BatchLength);
        signalfd_siginfo* batch = stackalloc signalfd_siginfo[BatchLength];
        long length = read(Fd, batch, wanted * sizeof(signalfd_siginfo));
        if (length < 0)
        {
            Errno errno = Libc.LastErrno;
            if (errno is not (Errno.EAGAIN or Errno.EINTR))
                ReadError = errno;
            return DrainResult.Empty(0);
        }
        int count = (int)(length / sizeof(signalfd_siginfo));
        for (int i = 0; i < count; i++)
            _handler.OnSignal((int)batch[i].ssi_signo, (int)batch[i].ssi_pid);
        return new DrainResult(count, count == wanted);
    }

    public void Dispose() => close(Fd);
}
