using System.Diagnostics;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>Debian's exim4 in a router's network, on ports 25 (STARTTLS) and 465 (TLS), with a configuration and a mailbox of its own.</summary>
/// <remarks>Mail for example.org is taken from those who log in as router, with the password s3cret, which takes TLS.</remarks>
public sealed class Exim : IDisposable
{
    public const string User = "router";
    public const string Password = "s3cret";
    public const string ServerName = "mail.example.org";

    private const string TlsCondition = "${if def:tls_in_cipher}";
    private const string Program = "/usr/sbin/exim4";
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(6);
    private readonly Process _process;
    private readonly string _folder;

    /// <param name="logins">PLAIN, LOGIN, or both.</param>
    public Exim(Router at, params string[] logins)
    {
        if (!File.Exists(Program))
            throw new LabException($"{Program} is missing: install the package exim4-daemon-light");
        // Not below the laboratory's own folder: exim gives up root, and must get here.
        _folder = Directory.CreateTempSubdirectory("ka-exim-").FullName;
        File.SetUnixFileMode(_folder, (UnixFileMode)0b111_101_101);
        Shell.Script($"""
            cd {_folder}
            mkdir spool log mail
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -keyout key.pem -out cert.pem -days 2 \
                -subj /CN=router-mail -addext subjectAltName=DNS:{ServerName},IP:{at.Address} 2>/dev/null
            chown -R Debian-exim spool log mail key.pem cert.pem
            chmod 644 cert.pem
            """);
        File.WriteAllText(Path.Combine(_folder, "exim.conf"), Configuration(at, logins));
        ProcessStartInfo start = new("ip", ["netns", "exec", at.Namespace, Program, "-C", Path.Combine(_folder, "exim.conf"), "-bdf", "-oP", Path.Combine(_folder, "pid")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
        if (!SpinWait.SpinUntil(() => File.Exists(Path.Combine(_folder, "pid")), s_limit))
            throw new LabException($"exim did not start: {Log}");
    }

    /// <summary>The certificate, which is its own authority.</summary>
    public string CertificateFile => Path.Combine(_folder, "cert.pem");

    public string Log => Read("log/mainlog");

    /// <summary>Waits for a mail with this in its text, and gives the whole mailbox.</summary>
    public string WaitFor(string part)
    {
        if (SpinWait.SpinUntil(() => Read("mail/box").Contains(part, StringComparison.Ordinal), s_limit * 2))
            return Read("mail/box");
        throw new LabException($"no mail with '{part}'\n{Read("mail/box")}\n{Log}");
    }

    public string Mailbox => Read("mail/box");

    private string Read(string file)
    {
        string path = Path.Combine(_folder, file);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    private string Configuration(Router at, string[] logins) => $$"""
        primary_hostname = {{ServerName}}
        spool_directory = {{_folder}}/spool
        log_file_path = {{_folder}}/log/%slog
        log_selector = +tls_cipher +smtp_protocol_error +smtp_syntax_error
        local_interfaces = {{at.Address}}
        daemon_smtp_ports = 25 : 465
        tls_on_connect_ports = 465
        tls_advertise_hosts = *
        tls_certificate = {{_folder}}/cert.pem
        tls_privatekey = {{_folder}}/key.pem
        acl_smtp_rcpt = recipients
        host_lookup =
        rfc1413_hosts =

        begin acl
        recipients:
          deny message = nobody of that name
               local_parts = nobody
          require message = log in first
               authenticated = *
          accept domains = example.org
          deny

        begin routers
        all:
          driver = accept
          domains = example.org
          transport = box

        begin transports
        box:
          driver = appendfile
          file = {{_folder}}/mail/box
          user = Debian-exim

        begin authenticators
        {{string.Join("\n", logins.Select(Authenticator))}}
        """;

    private static string Authenticator(string kind)
    {
        (string user, string password, string prompts) = kind == "PLAIN" ? ("$auth2", "$auth3", ":") : ("$auth1", "$auth2", "<| Username: | Password:");
        string condition = "${if and{{eq{" + user + "}{" + User + "}}{eq{" + password + "}{" + Password + "}}}}";
        return $"""
            {kind.ToLowerInvariant()}:
              driver = plaintext
              public_name = {kind}
              server_prompts = {prompts}
              server_condition = {condition}
              server_set_id = {user}
              server_advertise_condition = {TlsCondition}
            """;
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit(5000);
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
