using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Worlds;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;
using KeepalivedAot.Mail;

namespace KeepalivedAot.Daemon.Alerts;

// One connection at a time, for one alert.
internal sealed partial class MailSender : IStreamObserver, ISmtpEffects
{
    private IMailConnection? _connection;
    private SmtpSession? _session;
    private QueuedAlert? _alert;
    private TlsPlan? _sessionTls;
    private string _server = "";

    // Of a former configuration, while its last dialogue lasts.
    private SmtpCredentials? _retired;

    private void Open(QueuedAlert alert, MailPlan plan, IpAddress server)
    {
        _server = plan.Label(server);
        IMailConnection? connection = _world.Connect(server, plan.Port, this, out OsError failure);
        if (connection is null)
        {
            LogLost(alert, $"{_server}: {failure}");
            return;
        }
        _connection = connection;
        _alert = alert;
        _sessionTls = plan.Tls;
        string date = MailDate.Format(alert.UnixSeconds, _world.OffsetSeconds(alert.UnixSeconds));
        _session = new SmtpSession(plan.Smtp, plan.Envelope, MailText.Compose(plan.Envelope, plan.RouterId, alert.Message, date), this);
        _session.Begin(_world.Now);
        Rearm();
    }

    private void Rearm()
    {
        if (_session is { } session)
            _world.Timers.Arm(_timer, session.Deadline);
    }

    private void Retire(SmtpCredentials? credentials)
    {
        if (_session is null)
            credentials?.Wipe();
        else
            _retired ??= credentials;
    }

    void IStreamObserver.OnConnected(Instant now)
    {
        _log.Write(LogLevel.Detail, EventIds.MailConnected, $"Remote SMTP server {_server} connected.");
        _session?.OnConnected(now);
        Rearm();
    }

    void IStreamObserver.OnSecured(Instant now)
    {
        _session?.OnSecured(now);
        Rearm();
    }

    void IStreamObserver.OnReceived(ReadOnlySpan<byte> bytes, Instant now)
    {
        _session?.OnReceived(bytes, now);
        Rearm();
    }

    void IStreamObserver.OnClosed(string? reason, Instant now) => _session?.OnClosed(reason);

    void ISmtpEffects.Send(ReadOnlySpan<byte> bytes) => _connection?.Send(bytes);

    void ISmtpEffects.StartTls()
    {
        if (_connection?.StartTls(_sessionTls?.ServerName ?? "") is { } problem)
            _session?.OnRefused(problem);
    }

    void ISmtpEffects.OnRecipientRefused(string recipient, SmtpReply reply)
        => _log.Write(LogLevel.Warning, EventIds.MailRefused, $"SMTP alert '{_alert?.Message.Subject}' is refused for {recipient}: {reply.ToString()}");

    void ISmtpEffects.OnDelivered() => _log.Write(LogLevel.Detail, EventIds.MailSent, "SMTP alert successfully sent."u8);

    void ISmtpEffects.OnFailed(string reason) => LogLost(_alert!, $"{_server}: {reason}");

    void ISmtpEffects.Close()
    {
        _world.Timers.Disarm(_timer);
        _connection?.Close();
        (_connection, _session, _alert) = (null, null, null);
        _retired?.Wipe();
        _retired = null;
        SendNext();
    }
}
