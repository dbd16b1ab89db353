using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Tls;

/// <summary>What all TLS connections of one purpose share: TLS 1.2 or later, and whose certificates are believed.</summary>
/// <remarks>
/// OpenSSL is initialised by the first of these and by nothing else: a daemon that is not told to use TLS runs none of its code. It
/// reads no configuration file, and opens nothing but the file with the certificates.
/// </remarks>
public sealed unsafe class TlsContext : IDisposable
{
    private static bool s_isInitialised;

    private void* _context;

    private TlsContext(void* context, bool verifies)
    {
        _context = context;
        Verifies = verifies;
    }

    /// <summary>False: whoever answers is believed, which keeps out those who listen but not those who pose as the server.</summary>
    public bool Verifies { get; }

    internal void* Handle => _context;

    /// <param name="authorities">A PEM file with the certificates that are believed; null: no certificate is looked at.</param>
    /// <param name="problem">Why there is no context, for a log line.</param>
    public static TlsContext? Create(string? authorities, out string problem)
    {
        OsError failure = TlsTables.Use();
        if (failure.IsError)
        {
            problem = $"OpenSSL's tables cannot be filled in: {failure}";
            return null;
        }
        problem = "";
        if (!s_isInitialised && OpenSsl.OPENSSL_init_ssl(OpenSsl.OPENSSL_INIT_NO_LOAD_CONFIG | OpenSsl.OPENSSL_INIT_NO_ATEXIT, null) != 1)
        {
            problem = $"OpenSSL does not start: {TlsProblem.Last()}";
            return null;
        }
        s_isInitialised = true;
        OpenSsl.ERR_clear_error();
        void* context = OpenSsl.SSL_CTX_new(OpenSsl.TLS_client_method());
        if (context is null)
        {
            problem = $"OpenSSL has no context: {TlsProblem.Last()}";
            return null;
        }
        OpenSsl.SSL_CTX_ctrl(context, OpenSsl.SSL_CTRL_SET_MIN_PROTO_VERSION, new CLong(OpenSsl.TLS1_2_VERSION), null);
        OpenSsl.SSL_CTX_set_verify(context, authorities is null ? OpenSsl.SSL_VERIFY_NONE : OpenSsl.SSL_VERIFY_PEER, null);
        TlsContext made = new(context, authorities is not null);
        if (authorities is null || made.Load(authorities, out problem))
            return made;
        made.Dispose();
        return null;
    }

    private bool Load(string file, out string problem)
    {
        problem = "";
        byte[] path = ByteText.Encode(file + '\0');
        fixed (byte* name = path)
        {
            if (OpenSsl.SSL_CTX_load_verify_locations(_context, name, null) == 1)
                return true;
        }
        problem = $"{file}: {TlsProblem.Last()}";
        return false;
    }

    public void Dispose()
    {
        if (_context is not null)
            OpenSsl.SSL_CTX_free(_context);
        _context = null;
    }
}
