using KeepalivedAot.Base.Logging;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using KeepalivedAot.Mail;

namespace KeepalivedAot.Daemon.Alerts;

/// <summary>From <c>global_defs</c> and <c>keepalived-aot.toml</c> to a <see cref="MailPlan"/>. Whatever keeps mail from being sent is logged here, at once.</summary>
internal static class MailPlanner
{
    /// <summary>Where distributions keep the certificates that the host believes; the first that is there is taken.</summary>
    private static readonly string[] s_authorities =
        ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"];

    private const int LongestPassword = 1024;

    /// <returns>Null when no mail can be sent.</returns>
    public static MailPlan? Make(Configuration configuration, Settings settings, IHostFiles files, Log log)
    {
        GlobalDefsBlock globals = configuration.GlobalDefs;
        bool isWanted = configuration.VrrpInstances.Any(static i => i.SmtpAlert) || configuration.VrrpSyncGroups.Any(static g => g.SmtpAlert);
        if (globals.SmtpServer is not { } server || globals.NotificationEmail.Count == 0)
        {
            if (isWanted)
            {
                log.Write(
                    LogLevel.Warning, EventIds.MailProblem,
                    $"smtp_alert is set, but no mail will be sent: there is no {(globals.SmtpServer is null ? "smtp_server" : "notification_email")}");
            }
            return null;
        }
        string host = SystemInfo.HostName;
        string from = globals.NotificationEmailFrom ?? $"{new HostAccounts(files).UserName(SystemInfo.Self.User)}@{host}";
        MailEnvelope envelope = new(from, [.. globals.NotificationEmail.Select(static name => name.Name)]);
        SmtpSettings smtp = settings.Smtp;
        SmtpCredentials? credentials = null;
        if (smtp.User.Length > 0 && (credentials = ReadCredentials(smtp, files, log)) is null)
            return null;
        SmtpSecurity security = smtp.Tls switch
        {
            SmtpTls.StartTls => SmtpSecurity.StartTls,
            SmtpTls.Tls => SmtpSecurity.Tls,
            _ => SmtpSecurity.None,
        };
        TlsPlan? tls = null;
        if (security != SmtpSecurity.None)
        {
            string? authorities = !smtp.Verifies ? null : smtp.Authorities.Length > 0 ? smtp.Authorities : FindAuthorities(files);
            if (smtp.Verifies && authorities is null)
            {
                log.Write(
                    LogLevel.Error, EventIds.MailProblem,
                    "No mail will be sent: this host has no list of certificates that are believed; name a file in smtp.tls_ca"u8);
                return null;
            }
            tls = new TlsPlan(authorities, smtp.ServerName.Length > 0 ? smtp.ServerName : server.Host);
        }
        SmtpOptions options = new(globals.SmtpHeloName ?? host, globals.SmtpConnectTimeout, security, credentials);
        return new MailPlan(globals.RouterId ?? host, envelope, server.Host, server.Port, options, tls);
    }

    private static string? FindAuthorities(IHostFiles files)
        => Array.Find(s_authorities, path => !files.TryLook(path, out _).IsError);

    // Read at start and at reload, and kept: a daemon that gives up root could not read it later.
    private static SmtpCredentials? ReadCredentials(SmtpSettings smtp, IHostFiles files, Log log)
    {
        string path = smtp.PasswordFile;
        OsError failure = files.TryLookThrough(path, out FileStatus status);
        if (!failure.IsError && MailChecks.IsOpen(status))
        {
            log.Write(
                LogLevel.Error, EventIds.MailProblem,
                $"No mail will be sent: {path} holds a password, and its mode {Convert.ToString(status.Mode, 8)} lets others at it; give it mode 0600");
            return null;
        }
        byte[] content = [];
        if (!failure.IsError)
            failure = files.TryReadStart(path, LongestPassword, out content);
        if (failure.IsError)
        {
            log.Write(LogLevel.Error, EventIds.MailProblem, $"No mail will be sent: the password cannot be read: {failure}");
            return null;
        }
        // Editors and echo put an end to the line.
        byte[] password = content.AsSpan().TrimEnd("\r\n"u8).ToArray();
        Array.Clear(content);
        return new SmtpCredentials(smtp.User, password);
    }
}
