using KeepalivedAot.Linux.Interop;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Process;

/// <summary>Descriptors 0, 1 and 2.</summary>
public static unsafe class StandardStreams
{
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

    /// <summary>Somebody may be reading standard error on a terminal.</summary>
    public static bool IsErrorTerminal => isatty(2) == 1;

    private static OsError OpenNull(out int fd)
    {
        fixed (byte* path = "/dev/null\0"u8)
            fd = open(path, O_RDWR, 0);
        return fd < 0 ? OsError.Last("open", "/dev/null") : OsError.None;
    }

    /// <summary>A message to standard error, for a process that ends now; what a full pipe does not take is lost.</summary>
    public static void WriteError(string text)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes)
        {
            for (int sent = 0; sent < bytes.Length;)
            {
                long written = write(2, start + sent, bytes.Length - sent);
                if (written <= 0)
                    return;
                sent += (int)written;
            }
        }
    }
}
