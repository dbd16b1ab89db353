using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Descriptors 0, 1 and 2.</summary>
public static unsafe class StandardStreams
{
    private const int StandardOutput = 1;
    private const int StandardError = 2;
    private const int Count = 3;

    /// <summary>
    /// Opens /dev/null for those that whoever started us had closed. Otherwise the next socket would get
    /// such a number, and a message for the console would go out on it. Early in Main.
    /// </summary>
    public static OsError EnsureOpen()
    {
        for (int fd = 0; fd < Count; fd++)
        {
            if (fcntl(fd, F_GETFD) >= 0)
                continue;
            // The lowest free number is given out: this one, as those below are open.
            OsError error = OpenNull(out _);
            if (error.IsError)
                return error;
        }
        return OsError.None;
    }

    /// <summary>Lets go of the terminal: all three become /dev/null.</summary>
    public static OsError RedirectToNull()
    {
        OsError error = OpenNull(out int nullDevice);
        for (int fd = 0; fd < Count && !error.IsError; fd++)
        {
            if (dup2(nullDevice, fd) < 0)
                error = OsError.Last("dup2", "/dev/null");
        }
        if (nullDevice >= Count)
            close(nullDevice);
        return error;
    }

    private static OsError OpenNull(out int fd)
    {
        fixed (byte* path = "/dev/null\0"u8)
            fd = open(path, O_RDWR, 0);
        return fd < 0 ? OsError.Last("open", "/dev/null") : OsError.None;
    }

    /// <summary>Text for a person, from a process that is not the daemon (yet); what the reader does not take is lost.</summary>
    public static void WriteError(string text) => Write(StandardError, text);

    /// <summary>What a script or a shell reads.</summary>
    /// <returns>False: not all of it was taken, and no more will be.</returns>
    public static bool WriteOutput(string text) => Write(StandardOutput, text);

    /// <inheritdoc cref="WriteOutput(string)"/>
    public static bool WriteOutput(ReadOnlySpan<byte> text) => Write(StandardOutput, text);

    /// <summary>Somebody looks at it, and it can show colours.</summary>
    public static bool ErrorIsTerminal => isatty(StandardError) == 1;

    /// <inheritdoc cref="ErrorIsTerminal"/>
    public static bool OutputIsTerminal => isatty(StandardOutput) == 1;

    private static bool Write(int descriptor, string text) => Write(descriptor, System.Text.Encoding.UTF8.GetBytes(text));

    private static bool Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int sent = 0; sent < bytes.Length;)
            {
                long written = write(descriptor, start + sent, bytes.Length - sent);
                if (written < 0 && Libc.LastErrno == Errno.EINTR)
                    continue;
                if (written <= 0)
                    return false;
                sent += (int)written;
            }
        }
        return true;
    }
}
