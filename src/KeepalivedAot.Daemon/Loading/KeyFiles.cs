using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>Reads the keys of <c>auth_hmac</c> that are in files, or are credentials that systemd hands out, and looks at who else can.</summary>
/// <param name="credentialsDirectory"><c>$CREDENTIALS_DIRECTORY</c>; null when there are none.</param>
internal sealed class KeyFiles(IHostFiles files, string? credentialsDirectory)
{
    // "hex:", two digits for each of 64 bytes, and a few empty lines.
    private const int LongestFile = 160;

    // Anybody but the owner. It is no secret then.
    private const uint GroupAndOthers = 0x3F; // 0077

    public void Run(Configuration configuration, DiagnosticBag diagnostics)
    {
        foreach (VrrpInstanceBlock instance in configuration.VrrpInstances)
        {
            if (instance.UsesHmac)
                Read(instance, diagnostics);
        }
    }

    private void Read(VrrpInstanceBlock instance, DiagnosticBag diagnostics)
    {
        foreach (HmacKey key in instance.AuthHmac!.Keys.ToArray())
        {
            if (key.IsInline)
                continue;
            string? problem = key.Credential is null ? ReadFile(instance, key, diagnostics) : ReadCredential(key);
            if (problem is null)
                continue;
            bool isActive = key.Id == instance.AuthHmac.ActiveKey;
            diagnostics.Report(
                isActive ? DiagnosticCatalogue.ActiveKeyUnreadable : DiagnosticCatalogue.KeyUnreadable, key.Span,
                $"({instance.Name}) auth_hmac key {key.Id}: {problem}{(isActive ? "" : " - ignoring the key")}");
            instance.AuthHmac.Keys.Remove(key);
        }
    }

    private string? ReadFile(VrrpInstanceBlock instance, HmacKey key, DiagnosticBag diagnostics)
    {
        string path = key.Path!;
        if (!files.TryLookThrough(path, out FileStatus status).IsError && (status.Mode & GroupAndOthers) != 0)
        {
            diagnostics.Report(
                DiagnosticCatalogue.KeyFileOpen, key.Span, $"({instance.Name}) auth_hmac key {key.Id}: others than its owner have rights to {path}",
                $"chmod 600 {path}");
        }
        return ReadSecret(key, path);
    }

    // systemd sees to the rights of what it hands out.
    private string? ReadCredential(HmacKey key)
        => key.Credential!.Length == 0 || key.Credential.Contains('/') || key.Credential is "." or ".." ? "a credential's name is that of a file, without a path"
            : credentialsDirectory is null ? "there are no credentials: CREDENTIALS_DIRECTORY is not set"
            : ReadSecret(key, $"{credentialsDirectory}/{key.Credential}");

    private string? ReadSecret(HmacKey key, string path)
    {
        OsError failure = files.TryReadStart(path, LongestFile + 1, out byte[] content);
        if (failure.IsError)
            return $"cannot read {path}: {(failure.Errno == Errno.EINVAL ? "not a regular file" : ErrnoText.Of(failure.Errno))}";
        string? problem = content.Length > LongestFile ? $"{path} is too long for a key" : key.TakeSecret(content);
        Array.Clear(content);
        return problem;
    }
}
