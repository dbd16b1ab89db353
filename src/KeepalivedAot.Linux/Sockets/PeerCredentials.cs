using System.Runtime.InteropServices;

namespace KeepalivedAot.Linux.Sockets;

/// <summary>Who made a local connection, as the kernel knows it (SO_PEERCRED, unix(7)): struct ucred.</summary>
/// <remarks>As they were when the connection was made. In a user namespace the numbers are those of this side.</remarks>
[StructLayout(LayoutKind.Sequential)]
public readonly record struct PeerCredentials(int ProcessId, uint UserId, uint GroupId);
