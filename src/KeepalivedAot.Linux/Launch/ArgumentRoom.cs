using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Launch;

/// <summary>Room in unmanaged memory for the arguments of one start: those of the program, and more behind them.</summary>
internal sealed unsafe class ArgumentRoom : IDisposable
{
    private const int Length = 12 << 10;

    private readonly byte* _block = (byte*)NativeMemory.Alloc(Length);

    /// <returns>E2BIG when they do not fit.</returns>
    public Errno LayOut(LaunchProgram program, ReadOnlySpan<string> added, out byte** arguments)
    {
        arguments = program.Plan->Arguments;
        if (added.IsEmpty)
            return Errno.None;
        byte** list = (byte**)_block;
        int listLength = (program.ArgumentCount + added.Length + 1) * sizeof(byte*);
        int left = Length - listLength;
        if (left < 0)
            return Errno.E2BIG;
        int count = 0;
        for (; count < program.ArgumentCount; count++)
            list[count] = arguments[count];
        byte* text = _block + listLength;
        foreach (string argument in added)
        {
            if (left == 0 || !ByteText.TryEncode(argument, new Span<byte>(text, left - 1), out int length))
                return Errno.E2BIG;
            text[length] = 0;
            list[count++] = text;
            text += length + 1;
            left -= length + 1;
        }
        list[count] = null;
        arguments = list;
        return Errno.None;
    }

    public void Dispose() => NativeMemory.Free(_block);
}
