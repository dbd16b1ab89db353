using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Toml;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>What only this host knows of the mail settings: the address of the server, and the files.</summary>
internal static class MailChecks
{
    private const uint OthersBits = 0x3F; // 077

    public static void Run(Configuration configuration, Settings settings, DiagnosticBag diagnostics, IConfigFiles files, IHostFiles host)
    {
        CheckServer(configuration.GlobalDefs, diagnostics, files);
        SmtpSettings smtp = settings.Smtp;
        if (smtp.Tls != SmtpTls.None && smtp.Authorities.Length > 0)
            CheckFile(smtp.Authorities, smtp.AuthoritiesSpan, "smtp.tls_ca", diagnostics, host, out _);
        if (smtp.User.Length > 0
            && CheckFile(smtp.PasswordFile, smtp.PasswordFileSpan, "smtp.password_file", diagnostics, host, out FileStatus status)
            && IsOpen(status))
        {
            diagnostics.Report(
                DiagnosticCatalogue.SecretFileOpen, smtp.PasswordFileSpan,
                $"{smtp.PasswordFile} holds a password, and its mode {Convert.ToString(status.Mode, 8)} lets others at it", $"chmod 600 {smtp.PasswordFile}");
        }
    }

    /// <summary>Whether others than its owner may do anything with it.</summary>
    internal static bool IsOpen(in FileStatus status) => (status.Mode & OthersBits) != 0;

    private static void CheckServer(GlobalDefsBlock globals, DiagnosticBag diagnostics, IConfigFiles files)
    {
        if (globals.SmtpServer is not { } server || IpAddress.TryParse(server.Host, out _))
            return;
        if (files.TryRead(HostsFile.Path, out byte[]? content, out _) && HostsFile.TryFind(content, server.Host, out _))
            return;
        diagnostics.Report(
            DiagnosticCatalogue.MailServerUnknown, globals.Spans.SmtpServer,
            $"the mail server {server.Host} is not in {HostsFile.Path} of this host", $"write its address, or add it to {HostsFile.Path}");
    }

    private static bool CheckFile(
        string path, SourceSpan where, string setting, DiagnosticBag diagnostics, IHostFiles host, out FileStatus status)
    {
        OsError failure = host.TryLookThrough(path, out status);
        if (!failure.IsError && status.Type != FileType.Regular)
            failure = new OsError("open", path, Errno.EINVAL);
        if (!failure.IsError)
            failure = host.TryReadStart(path, 1, out _);
        if (!failure.IsError)
            return true;
        diagnostics.Report(
            DiagnosticCatalogue.SettingFileUnreadable, where,
            $"'{setting}': {path}: {(failure.Errno == Errno.EINVAL ? "Not a regular file" : ErrnoText.Of(failure.Errno))}");
        return false;
    }
}
