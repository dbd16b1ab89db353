using System.Text;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Daemon.Alerts;

/// <summary>hosts(5): addresses of names, without asking anybody.</summary>
internal static class HostsFile
{
    public const string Path = "/etc/hosts";

    /// <summary>Larger ones (lists of blocked hosts) are looked at so far.</summary>
    public const int LongestFile = 8 << 20;

    /// <summary>The first line that has the name counts.</summary>
    public static bool TryFind(ReadOnlySpan<byte> content, string name, out IpAddress address)
    {
        address = default;
        foreach (Range range in content.Split((byte)'\n'))
        {
            ReadOnlySpan<byte> line = content[range];
            if (line.IndexOf((byte)'#') is >= 0 and int comment)
                line = line[..comment];
            string[] words = Encoding.UTF8.GetString(line).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            for (int i = 1; i < words.Length; i++)
            {
                if (words[i].Equals(name, StringComparison.OrdinalIgnoreCase) && IpAddress.TryParse(words[0], out address))
                    return true;
            }
        }
        return false;
    }
}
