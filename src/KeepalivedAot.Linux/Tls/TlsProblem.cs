using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Tls;

/// <summary>OpenSSL's words for what went wrong.</summary>
internal static unsafe class TlsProblem
{
    /// <summary>The newest entry of the error queue, which is emptied.</summary>
    public static string Last()
    {
        CULong error = OpenSsl.ERR_peek_last_error();
        byte* reason = error.Value == 0 ? null : OpenSsl.ERR_reason_error_string(error);
        OpenSsl.ERR_clear_error();
        return reason is null ? $"error {error.Value:x}" : Text(reason);
    }

    public static string Text(byte* text) => Marshal.PtrToStringUTF8((nint)text) ?? "";
}
