using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Worlds;

/// <summary>An open <see cref="ReceiverKey"/>; disposing of it ends the hearing.</summary>
internal interface IReceiver : IDisposable
{
    /// <summary>The descriptors that it hears on, and that its users speak on, for those who look at the process.</summary>
    (int In, int Out) Descriptors { get; }

    /// <summary>What is for other virtual routers need not be handed on, nor wake us up.</summary>
    /// <param name="vrids">256 bits in four words: bit n stands for VRID n.</param>
    OsError SetVrids(ReadOnlySpan<ulong> vrids);

    /// <summary>How much may wait in the kernel.</summary>
    /// <param name="bytes">0 = as much as when it was opened.</param>
    OsError SetBuffer(int bytes);
}
