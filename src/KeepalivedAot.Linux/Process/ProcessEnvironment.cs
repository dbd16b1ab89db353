using System.Collections;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Linux.Process;

/// <summary>Our environment as a list for <see cref="SpawnRequest.Environment"/>.</summary>
public static class ProcessEnvironment
{
    /// <summary>
    /// All of it, without the named variables and without those that are for us only: <see cref="Daemonizer.EnvironmentVariable"/> and
    /// those of <see cref="ServiceSocket"/>.
    /// </summary>
    public static List<string> Without(params ReadOnlySpan<string> names) => Take(
        [Daemonizer.EnvironmentVariable, ServiceSocket.Variable, ServiceSocket.WatchdogLimitVariable, ServiceSocket.WatchdogProcessVariable, .. names]);

    internal static List<string> With(string name, string value)
    {
        List<string> variables = Take([name]);
        variables.Add($"{name}={value}");
        return variables;
    }

    private static List<string> Take(ReadOnlySpan<string> without)
    {
        List<string> variables = [];
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            string name = (string)variable.Key;
            if (!without.Contains(name))
                variables.Add($"{name}={variable.Value}");
        }
        return variables;
    }

    /// <summary>The texts of /proc/PID/cmdline, each ended by a NUL.</summary>
    internal static List<string> SplitAtNul(ReadOnlySpan<byte> bytes)
    {
        List<string> texts = [];
        while (!bytes.IsEmpty)
        {
            int end = bytes.IndexOf((byte)0);
            if (end < 0)
                end = bytes.Length;
            texts.Add(ByteText.Decode(bytes[..end]));
            bytes = bytes[Math.Min(end + 1, bytes.Length)..];
        }
        return texts;
    }
}
