using System.Runtime.InteropServices;
using System.Text;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Linux.Tls;

/// <summary>What became of one step of a TLS connection.</summary>
public enum TlsStatus
{
    /// <summary>The step is done.</summary>
    Done,

    /// <summary>To be repeated when the descriptor is readable.</summary>
    WantsInput,

    /// <summary>To be repeated when the descriptor is writable.</summary>
    WantsOutput,

    /// <summary>The other side has closed the connection properly.</summary>
    Closed,

    /// <summary><see cref="TlsStream.Problem"/> says why.</summary>
    Failed,
}

/// <summary>The client's side of TLS on a connected, non-blocking socket. It never waits: steps are repeated when the loop says so.</summary>
/// <remarks>The descriptor stays the caller's.</remarks>
public sealed unsafe class TlsStream : IDisposable
{
    private readonly bool _verifies;
    private void* _ssl;

    private TlsStream(void* ssl, bool verifies)
    {
        _ssl = ssl;
        _verifies = verifies;
    }

    /// <summary>Why the last step failed.</summary>
    public string Problem { get; private set; } = "";

    /// <summary><c>TLSv1.3</c>; after the handshake.</summary>
    public string Version => TlsProblem.Text(OpenSsl.SSL_get_version(_ssl));

    /// <param name="serverName">What the certificate must be for: a host name, or an address.</param>
    public static TlsStream? Open(TlsContext context, int descriptor, string serverName, out string problem)
    {
        problem = "";
        OpenSsl.ERR_clear_error();
        void* ssl = OpenSsl.SSL_new(context.Handle);
        TlsStream? stream = ssl is null ? null : new TlsStream(ssl, context.Verifies);
        if (stream is not null && OpenSsl.SSL_set_fd(ssl, descriptor) == 1 && stream.Expect(serverName))
        {
            OpenSsl.SSL_ctrl(
                ssl, OpenSsl.SSL_CTRL_MODE, new CLong(OpenSsl.SSL_MODE_ENABLE_PARTIAL_WRITE | OpenSsl.SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER), null);
            OpenSsl.SSL_set_connect_state(ssl);
            return stream;
        }
        problem = TlsProblem.Last();
        stream?.Dispose();
        return null;
    }

    // Addresses are in a certificate as addresses, and no server name is sent for them (RFC 6066, 3).
    private bool Expect(string serverName)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(serverName + '\0'))
        {
            if (IpAddress.TryParse(serverName, out _))
                return OpenSsl.X509_VERIFY_PARAM_set1_ip_asc(OpenSsl.SSL_get0_param(_ssl), name) == 1;
            return OpenSsl.SSL_ctrl(_ssl, OpenSsl.SSL_CTRL_SET_TLSEXT_HOSTNAME, default, name).Value == 1 && OpenSsl.SSL_set1_host(_ssl, name) == 1;
        }
    }

    public TlsStatus Handshake()
    {
        OpenSsl.ERR_clear_error();
        int result = OpenSsl.SSL_do_handshake(_ssl);
        return result == 1 ? TlsStatus.Done : StatusOf(result);
    }

    public TlsStatus Read(Span<byte> buffer, out int length)
    {
        OpenSsl.ERR_clear_error();
        fixed (byte* start = buffer)
            length = OpenSsl.SSL_read(_ssl, start, buffer.Length);
        TlsStatus status = length > 0 ? TlsStatus.Done : StatusOf(length);
        length = Math.Max(length, 0);
        return status;
    }

    /// <summary>May take a part only.</summary>
    public TlsStatus Write(ReadOnlySpan<byte> bytes, out int length)
    {
        OpenSsl.ERR_clear_error();
        fixed (byte* start = bytes)
            length = OpenSsl.SSL_write(_ssl, start, bytes.Length);
        TlsStatus status = length > 0 ? TlsStatus.Done : StatusOf(length);
        length = Math.Max(length, 0);
        return status;
    }

    /// <summary>Says good-bye, without waiting for an answer.</summary>
    public void SayGoodbye()
    {
        OpenSsl.ERR_clear_error();
        _ = OpenSsl.SSL_shutdown(_ssl);
        OpenSsl.ERR_clear_error();
    }

    private TlsStatus StatusOf(int result)
    {
        int error = OpenSsl.SSL_get_error(_ssl, result);
        switch (error)
        {
            case OpenSsl.SSL_ERROR_WANT_READ:
                return TlsStatus.WantsInput;
            case OpenSsl.SSL_ERROR_WANT_WRITE:
                return TlsStatus.WantsOutput;
            case OpenSsl.SSL_ERROR_ZERO_RETURN:
                return TlsStatus.Closed;
            default:
                Problem = Describe(error);
                return TlsStatus.Failed;
        }
    }

    // Of a certificate that is not believed the verification knows more than the handshake.
    private string Describe(int error)
    {
        CLong verified = OpenSsl.SSL_get_verify_result(_ssl);
        if (_verifies && verified.Value != OpenSsl.X509_V_OK)
        {
            OpenSsl.ERR_clear_error();
            return $"the certificate is not accepted: {TlsProblem.Text(OpenSsl.X509_verify_cert_error_string(verified))}";
        }
        if (error == OpenSsl.SSL_ERROR_SYSCALL && OpenSsl.ERR_peek_last_error().Value == 0)
            return "the connection was closed";
        return TlsProblem.Last();
    }

    public void Dispose()
    {
        if (_ssl is not null)
            OpenSsl.SSL_free(_ssl);
        _ssl = null;
    }
}
