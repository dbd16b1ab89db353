using System.Net.Sockets;
using System.Text;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>The /dev/log of one router: make it before the daemon starts.</summary>
/// <remarks>Reads at once what comes: the kernel queues ten datagrams, after which syslog(3) blocks its caller.</remarks>
public sealed class SyslogReceiver : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly Thread _thread;
    private volatile bool _closing;

    public SyslogReceiver(Router router)
    {
        Lines = new Recording<string>(() => string.Join(Environment.NewLine, Lines!.Snapshot()));
        _socket.Bind(new UnixDomainSocketEndPoint(Path.Combine(router.Scratch, "dev", "log")));
        _socket.ReceiveTimeout = 100;
        _thread = new Thread(Listen) { IsBackground = true, Name = "syslog" };
        _thread.Start();
    }

    /// <summary>Every datagram: priority, time, ident, process, text.</summary>
    public Recording<string> Lines { get; }

    private void Listen()
    {
        byte[] buffer = new byte[8192];
        while (!_closing)
        {
            try
            {
                int length = _socket.Receive(buffer);
                Lines.Add(Encoding.UTF8.GetString(buffer, 0, length).TrimEnd('\0', '\n'));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.TimedOut or SocketError.WouldBlock)
            {
                // Nothing for a while: look whether to go on.
            }
        }
    }

    public void Dispose()
    {
        _closing = true;
        _thread.Join();
        _socket.Dispose();
    }
}
