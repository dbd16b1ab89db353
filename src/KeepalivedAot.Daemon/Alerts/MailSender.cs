using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Mail;

namespace KeepalivedAot.Daemon.Alerts;

/// <summary>Brings alerts to the mail server, one after the other, and never waits for it. What is not delivered is logged, each alert by its subject.</summary>
/// <remarks>The life of a queue here, that of a connection in <c>MailSender.Connection.cs</c>.</remarks>
internal sealed partial class MailSender : ITimerOwner
{
    private readonly IMailWorld _world;
    private readonly Log _log;
    private readonly MailQueue _queue;
    private readonly TimerHandle _timer;
    private MailPlan? _plan;
    private string? _tlsProblem;

    public MailSender(IMailWorld world, Log log, int capacity = MailQueue.DefaultCapacity)
    {
        _world = world;
        _log = log;
        _queue = new MailQueue(capacity);
        _timer = world.Timers.Register(this, 0);
    }

    /// <summary>Whether there is anybody to send to.</summary>
    public bool IsConfigured => _plan is not null;

    /// <summary>Something is on its way, or waits for its turn.</summary>
    public bool IsBusy => _session is not null;

    /// <summary>From the next mail on.</summary>
    public void Use(MailPlan? plan)
    {
        Retire(_plan?.Smtp.Credentials);
        _plan = plan;
        _tlsProblem = null;
        if (plan?.Tls is { } tls)
            _tlsProblem = _world.UseTls(tls.Authorities);
        else
            _world.ForgetTls();
        if (_tlsProblem is not null)
            _log.Write(LogLevel.Error, EventIds.MailProblem, $"No mail will be sent: there is no TLS: {_tlsProblem}");
        if (plan is not null && AddressOf(plan).IsNone)
            _log.Write(LogLevel.Error, EventIds.MailProblem, $"No mail will be sent until smtp_server {plan.Host} is in {HostsFile.Path}; this release asks no name server");
    }

    public void Send(AlertMessage message)
    {
        QueuedAlert? dropped = _queue.Enqueue(new QueuedAlert(message, _world.UnixSeconds));
        if (dropped is not null)
            _log.Write(LogLevel.Error, EventIds.MailLost, $"SMTP alert '{dropped.Message.Subject}' is dropped: {_queue.Count} newer ones wait for the mail server");
        SendNext();
    }

    /// <summary>Nothing more can be sent: what waits is named and given up.</summary>
    public void GiveUp()
    {
        while (_queue.TryDequeue(out QueuedAlert alert))
            LogLost(alert, "the daemon stops");
        _session?.OnRefused("the daemon stops");
    }

    private void SendNext()
    {
        while (_session is null && _queue.TryDequeue(out QueuedAlert alert))
        {
            if (Problem(out IpAddress server) is { } reason)
                LogLost(alert, reason);
            else
                Open(alert, _plan!, server);
        }
    }

    private string? Problem(out IpAddress server)
    {
        server = default;
        if (_plan is null)
            return "mail is not configured any more";
        server = AddressOf(_plan);
        return server.IsNone ? $"smtp_server {_plan.Host} is not in {HostsFile.Path}, and this release asks no name server"
            : _tlsProblem is null ? null : $"there is no TLS: {_tlsProblem}";
    }

    private IpAddress AddressOf(MailPlan plan) => IpAddress.TryParse(plan.Host, out IpAddress address) ? address : _world.Resolve(plan.Host);

    private void LogLost(QueuedAlert alert, string reason)
        => _log.Write(LogLevel.Error, EventIds.MailLost, $"SMTP alert '{alert.Message.Subject}' was not sent: {reason}");

    void ITimerOwner.OnTimer(int name, Instant deadline, Instant now) => _session?.OnTimeout();
}
