using System.Net;
using System.Net.Sockets;
using System.Text;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>A mail server that a test writes: it answers what it is told to, or nothing at all, and keeps what it heard.</summary>
public sealed class FakeMailServer : IDisposable
{
    /// <summary>The answer that never comes; the connection stays open.</summary>
    public const string Silence = "(silence)";

    /// <summary>Instead of an answer the connection is closed.</summary>
    public const string HangUp = "(hang up)";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(6);

    private readonly Socket _listener;
    private readonly Func<int, string, string> _answer;
    private readonly List<Socket> _open = [];
    private int _count;

    /// <param name="at">The router in whose network it is.</param>
    /// <param name="address">Where it listens, on port 25.</param>
    /// <param name="answer">
    /// The number of the connection and what was said: <c>CONNECT</c>, a command, or <c>.</c> for the end of the mail. <see cref="Usual"/> is what
    /// a server says.
    /// </param>
    public FakeMailServer(Router at, IPAddress address, Func<int, string, string>? answer = null)
    {
        _answer = answer ?? ((_, said) => Usual(said));
        Dialogues = new Recording<MailDialogue>(() => string.Join("\n", Dialogues!.Snapshot().Select(static d => d.Text)));
        _listener = NetworkNamespace.Run(at.Namespace, () =>
        {
            Socket socket = new(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            socket.Bind(new IPEndPoint(address, 25));
            socket.Listen(64);
            return socket;
        });
        new Thread(Accept) { IsBackground = true, Name = "mail server" }.Start();
    }

    /// <summary>Those that are over.</summary>
    public Recording<MailDialogue> Dialogues { get; }

    /// <summary>How many connections there have been.</summary>
    public int Connections => Volatile.Read(ref _count);

    public static string Usual(string said) => said switch
    {
        "CONNECT" => "220-hello there\r\n220 and welcome",
        "." => "250 queued",
        "DATA" => "354 go ahead",
        "QUIT" => "221 bye",
        _ => "250 ok",
    };

    public MailDialogue WaitForSubject(string part, int from = 0)
        => Dialogues.WaitFor($"a mail about '{part}'", dialogue => dialogue.Subject.Contains(part, StringComparison.Ordinal), s_limit, from);

    private void Accept()
    {
        try
        {
            while (true)
            {
                Socket client = _listener.Accept();
                lock (_open)
                    _open.Add(client);
                int number = Interlocked.Increment(ref _count) - 1;
                new Thread(() => Serve(client, number)) { IsBackground = true, Name = "mail dialogue" }.Start();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private void Serve(Socket client, int number)
    {
        TimeSpan at = MonotonicClock.Now;
        List<string> lines = [];
        try
        {
            using NetworkStream stream = new(client, ownsSocket: true);
            using StreamReader reader = new(stream, Encoding.UTF8);
            bool goesOn = Answer(stream, number, "CONNECT", out _);
            bool isText = false;
            while (reader.ReadLine() is { } line)
            {
                lines.Add(line);
                if (!goesOn || (isText && line != "."))
                    continue;
                goesOn = Answer(stream, number, line, out string answer);
                isText = line == "DATA" && answer.StartsWith("354", StringComparison.Ordinal);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or SocketException)
        {
            // The client went away; what it said counts.
        }
        Dialogues.Add(new MailDialogue(at, [.. lines]));
    }

    private bool Answer(NetworkStream stream, int number, string said, out string answer)
    {
        answer = _answer(number, said);
        if (answer == Silence)
            return false;
        if (answer == HangUp)
        {
            stream.Socket.Close();
            return false;
        }
        stream.Write(Encoding.UTF8.GetBytes(answer + "\r\n"));
        return true;
    }

    public void Dispose()
    {
        _listener.Dispose();
        lock (_open)
        {
            foreach (Socket client in _open)
                client.Dispose();
        }
    }
}
