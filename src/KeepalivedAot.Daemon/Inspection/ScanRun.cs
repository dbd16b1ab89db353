using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Links;
using KeepalivedAot.Linux.Loop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary><c>scan</c>: listens for a while, without a daemon, and says who was heard. SIGINT, SIGTERM and SIGHUP end it early.</summary>
public static class ScanRun
{
    public const int Heard = 0;
    public const int NothingHeard = 1;

    /// <summary>There is no such interface.</summary>
    public const int Unusable = 2;

    public static int Run(string interfaceName, Duration period, bool isJson)
    {
        int index = KernelName.TryParse(interfaceName, out KernelName name) ? InterfaceNames.IndexOf(name) : 0;
        if (index == 0)
            return Fail($"there is no interface '{interfaceName}'", Unusable);
        SignalMask.BlockEverywhere();
        using EventLoop? loop = EventLoop.Open(out OsError failure);
        if (loop is null)
            return Fail($"{failure}", ExitCode.Failure);
        VrrpSpotter spotter = new();
        failure = PacketListener.Open(index, Ipv4Header.ProtocolVrrp, spotter, out PacketListener? listener);
        if (failure.Errno is Errno.EPERM or Errno.EACCES)
            return Fail("listening to packets takes CAP_NET_RAW: run it as root, or with that capability", ExitCode.MissingPermission);
        if (listener is null)
            return Fail($"{failure}", ExitCode.Failure);
        using (listener)
            return Listen(loop, listener, spotter, interfaceName, period, isJson);
    }

    private static int Listen(EventLoop loop, PacketListener listener, VrrpSpotter spotter, string interfaceName, Duration period, bool isJson)
    {
        using SignalSource? signals = SignalSource.Open(new Interruption(loop), out OsError failure);
        if (signals is null)
            return Fail($"{failure}", ExitCode.Failure);
        failure = OsError.Of("epoll_ctl", "signalfd", loop.Add(signals.Fd, signals, SourceOrder.AfterInput));
        if (!failure.IsError)
            failure = OsError.Of("epoll_ctl", interfaceName, loop.Add(listener.Descriptor, listener));
        if (failure.IsError)
            return Fail($"{failure}", ExitCode.Failure);
        Instant start = loop.Now;
        Errno errno = loop.RunUntil(start + period, () => listener.ReadError != Errno.None);
        Duration listened = loop.Now - start;
        loop.Remove(listener.Descriptor);
        loop.Remove(signals.Fd);
        if (errno != Errno.None)
            return Fail($"epoll_wait: {new ErrnoText(errno)}", ExitCode.Failure);
        if (listener.ReadError != Errno.None)
            StandardStreams.WriteError($"scan: {interfaceName}: {new ErrnoText(listener.ReadError)}\n");
        if (isJson)
            StandardStreams.WriteOutput(ScanReport.ToJson(spotter, interfaceName, listened));
        else
            StandardStreams.WriteOutput(ScanReport.ToText(spotter, interfaceName, listened));
        return spotter.PacketCount > 0 ? Heard : NothingHeard;
    }

    private static int Fail(string problem, int status)
    {
        StandardStreams.WriteError($"scan: {problem}\n");
        return status;
    }

    private sealed class Interruption(EventLoop loop) : ISignalHandler
    {
        public void OnSignal(int number, int senderPid)
        {
            if (number is SignalNumber.SIGINT or SignalNumber.SIGTERM or SignalNumber.SIGHUP)
                loop.RequestStop();
        }
    }
}
