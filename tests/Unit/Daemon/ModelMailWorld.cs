using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Tests.Unit.Daemon;

/// <summary>A world with a clock that stands still until it is told to go on, and a server that says what a test has it say.</summary>
internal sealed class ModelMailWorld : IMailWorld, IMailConnection
{
    private IStreamObserver? _observer;

    public TimerQueue Timers { get; } = new();

    public Instant Now { get; private set; } = new(1_000_000_000);

    public long UnixSeconds { get; set; } = 1_795_972_365;

    public Dictionary<string, string> Hosts { get; } = [];

    /// <summary>What connecting is answered with.</summary>
    public Errno Refusal { get; set; }

    public string? TlsProblem { get; set; }

    /// <summary>"connect ADDRESS PORT", "> LINE", "tls NAME", "close".</summary>
    public List<string> Done { get; } = [];

    public bool IsConnecting { get; private set; }

    public int OffsetSeconds(long unixSeconds) => 3600;

    public IpAddress Resolve(string host) => Hosts.TryGetValue(host, out string? address) ? IpAddress.Parse(address) : default;

    public string? UseTls(string? authorities)
    {
        Done.Add($"use tls {authorities ?? "(any)"}");
        return TlsProblem;
    }

    public void ForgetTls()
    {
        // Nothing is kept.
    }

    public IMailConnection? Connect(IpAddress server, ushort port, IStreamObserver observer, out OsError failure)
    {
        failure = OsError.Of("connect", "", Refusal);
        Done.Add($"connect {server} {port}");
        if (failure.IsError)
            return null;
        _observer = observer;
        IsConnecting = true;
        return this;
    }

    public void Accept()
    {
        IsConnecting = false;
        _observer!.OnConnected(Now);
    }

    public void Secure() => _observer!.OnSecured(Now);

    public void Say(params string[] lines)
    {
        foreach (string line in lines)
            _observer!.OnReceived(Encoding.UTF8.GetBytes(line + "\r\n"), Now);
    }

    public void HangUp(string? reason = null) => _observer!.OnClosed(reason, Now);

    /// <summary>A whole mail, taken without a word.</summary>
    public void TakeMail()
    {
        Accept();
        Say("220 hi", "250 hello", "250 ok", "250 ok", "354 go", "250 queued", "221 bye");
    }

    public void Advance(double seconds)
    {
        Instant end = Now + Duration.FromMilliseconds((long)(seconds * 1000));
        while (Timers.TryPeek(out Instant next) && next <= end)
        {
            Now = next;
            Timers.TryFire(Now);
        }
        Now = end;
    }

    public string Subjects => string.Join(", ", Done.Select(SubjectOf).Where(static s => s.Length > 0));

    private static string SubjectOf(string done)
    {
        int at = done.IndexOf("Subject: ", StringComparison.Ordinal);
        return at < 0 ? "" : done[(at + 9)..done.IndexOf('|', at)];
    }

    void IMailConnection.Send(ReadOnlySpan<byte> bytes) => Done.Add("> " + Encoding.UTF8.GetString(bytes).Replace("\r\n", "|").TrimEnd('|'));

    string? IMailConnection.StartTls(string serverName)
    {
        Done.Add($"tls {serverName}");
        return null;
    }

    void IMailConnection.Close() => Done.Add("close");
}
