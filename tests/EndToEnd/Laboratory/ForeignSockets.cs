namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>Looks at the sockets of another process: /proc and ss(8) do not tell the buffers of raw ones.</summary>
internal static unsafe class ForeignSockets
{
    /// <summary>SO_RCVBUF of each socket of this protocol that the process has open.</summary>
    public static int[] ReceiveBuffers(int process, int protocol)
    {
        int handle = Libc.Checked(Libc.PidfdOpen(process, 0), $"pidfd_open {process}");
        List<int> sizes = [];
        foreach (string link in Directory.GetFiles($"/proc/{process}/fd"))
        {
            if (File.ResolveLinkTarget(link, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal) != true)
                continue;
            int copy = Libc.Checked(Libc.PidfdGetDescriptor(handle, int.Parse(Path.GetFileName(link)), 0), "pidfd_getfd");
            if (Option(copy, Libc.SO_PROTOCOL) == protocol)
                sizes.Add(Option(copy, Libc.SO_RCVBUF));
            Libc.Close(copy);
        }
        Libc.Close(handle);
        return [.. sizes];
    }

    private static int Option(int descriptor, int option)
    {
        int value = 0;
        uint length = sizeof(int);
        Libc.Checked(Libc.GetSocketOption(descriptor, Libc.SOL_SOCKET, option, &value, &length), "getsockopt");
        return value;
    }
}
