using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Tls;

/// <summary>libssl and libcrypto 3.0, linked statically into the published program. Names and numbers are OpenSSL's (openssl/ssl.h, x509_vfy.h).</summary>
internal static unsafe partial class OpenSsl
{
    private const string Ssl = "libssl";
    private const string Crypto = "libcrypto";

    public const ulong OPENSSL_INIT_NO_LOAD_CONFIG = 0x80;
    public const ulong OPENSSL_INIT_NO_ATEXIT = 0x80000;
    public const int SSL_ERROR_WANT_READ = 2;
    public const int SSL_ERROR_WANT_WRITE = 3;
    public const int SSL_ERROR_SYSCALL = 5;
    public const int SSL_ERROR_ZERO_RETURN = 6;
    public const int SSL_VERIFY_NONE = 0;
    public const int SSL_VERIFY_PEER = 1;
    public const int SSL_CTRL_MODE = 33;
    public const int SSL_CTRL_SET_TLSEXT_HOSTNAME = 55;
    public const int SSL_CTRL_SET_MIN_PROTO_VERSION = 123;
    public const int TLS1_2_VERSION = 0x0303;
    public const int SSL_MODE_ENABLE_PARTIAL_WRITE = 1;
    public const int SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER = 2;
    public const int X509_V_OK = 0;

    [LibraryImport(Ssl)]
    public static partial int OPENSSL_init_ssl(ulong options, void* settings);

    [LibraryImport(Ssl)]
    public static partial void* TLS_client_method();

    [LibraryImport(Ssl)]
    public static partial void* SSL_CTX_new(void* method);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_free(void* context);

    [LibraryImport(Ssl)]
    public static partial CLong SSL_CTX_ctrl(void* context, int command, CLong number, void* pointer);

    [LibraryImport(Ssl)]
    public static partial int SSL_CTX_load_verify_locations(void* context, byte* file, byte* directory);

    [LibraryImport(Ssl)]
    public static partial void SSL_CTX_set_verify(void* context, int mode, void* callback);

    [LibraryImport(Ssl)]
    public static partial void* SSL_new(void* context);

    [LibraryImport(Ssl)]
    public static partial void SSL_free(void* ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_set_fd(void* ssl, int descriptor);

    [LibraryImport(Ssl)]
    public static partial void SSL_set_connect_state(void* ssl);

    [LibraryImport(Ssl)]
    public static partial CLong SSL_ctrl(void* ssl, int command, CLong number, void* pointer);

    /// <summary>The name that the certificate must be for.</summary>
    [LibraryImport(Ssl)]
    public static partial int SSL_set1_host(void* ssl, byte* name);

    [LibraryImport(Ssl)]
    public static partial void* SSL_get0_param(void* ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_do_handshake(void* ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_read(void* ssl, byte* buffer, int length);

    [LibraryImport(Ssl)]
    public static partial int SSL_write(void* ssl, byte* buffer, int length);

    [LibraryImport(Ssl)]
    public static partial int SSL_shutdown(void* ssl);

    [LibraryImport(Ssl)]
    public static partial int SSL_get_error(void* ssl, int result);

    [LibraryImport(Ssl)]
    public static partial CLong SSL_get_verify_result(void* ssl);

    /// <summary>Static text such as <c>TLSv1.3</c>.</summary>
    [LibraryImport(Ssl)]
    public static partial byte* SSL_get_version(void* ssl);

    /// <summary>The address that the certificate must be for.</summary>
    [LibraryImport(Crypto)]
    public static partial int X509_VERIFY_PARAM_set1_ip_asc(void* parameters, byte* address);

    [LibraryImport(Crypto)]
    public static partial byte* X509_verify_cert_error_string(CLong result);

    [LibraryImport(Crypto)]
    public static partial void ERR_clear_error();

    /// <summary>The last entry of the error queue of this thread; 0 when there is none.</summary>
    [LibraryImport(Crypto)]
    public static partial CULong ERR_peek_last_error();

    /// <summary>Static text; null when OpenSSL has none.</summary>
    [LibraryImport(Crypto)]
    public static partial byte* ERR_reason_error_string(CULong error);
}
