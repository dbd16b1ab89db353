using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>The terminal behind standard output.</summary>
public static unsafe class Terminal
{
    private const int StandardOutput = 1;
    private const nuint TIOCGWINSZ = 0x5413;

    /// <summary>Lines and columns; 24 and 80 when it does not tell, as over a serial line.</summary>
    public static (int Rows, int Columns) Size
    {
        get
        {
            winsize size;
            return Libc.ioctl(StandardOutput, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0 ? (size.ws_row, size.ws_col) : (24, 80);
        }
    }
}
