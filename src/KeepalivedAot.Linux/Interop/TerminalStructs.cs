#pragma warning disable CS8981 // kernel names keep the kernel's spelling
using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Interop;

/// <summary>asm-generic/termios.h: for TIOCGWINSZ.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct winsize
{
    public ushort ws_row;
    public ushort ws_col;
    public ushort ws_xpixel;
    public ushort ws_ypixel;
}
