using System.Text;
using System.Text.RegularExpressions;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>Everything that a daemon may change in the network part of the kernel, as text: two pictures that are equal mean that nothing is left.</summary>
internal static partial class KernelPicture
{
    /// <summary>Links, addresses, routes, rules, every setting of IPv4 and IPv6, and the packet filter.</summary>
    public static string Of(Router router) => new StringBuilder()
        .Append(Links(router))
        .Append(Addresses(router))
        .Append(Expiry().Replace(router.Ip("-d", "-4", "route", "show", "table", "all"), ""))
        .Append(Expiry().Replace(router.Ip("-d", "-6", "route", "show", "table", "all"), ""))
        .Append(router.Ip("-4", "rule", "show"))
        .Append(router.Ip("-6", "rule", "show"))
        .Append(Settings(router, static _ => true))
        .Append(Shell.Run("ip", "netns", "exec", router.Namespace, "nft", "list", "ruleset"))
        .ToString();

    /// <summary>Without the number, which depends on what was there before.</summary>
    public static string Links(Router router, string kind = "") => Number().Replace(router.Ip(kind.Length == 0 ? ["-d", "-o", "link", "show"] : ["-d", "-o", "link", "show", "type", kind]), "");

    /// <summary>Of each interface, without lifetimes.</summary>
    public static string Addresses(Router router) => Lifetimes().Replace(Number().Replace(router.Ip("-o", "address", "show"), ""), "");

    /// <summary>NAME VALUE for each setting below /proc/sys/net/ipv4 and ipv6 that can be read.</summary>
    /// <param name="isWanted">Of the path.</param>
    public static string Settings(Router router, Predicate<string> isWanted) => NetworkNamespace.Run(router.Namespace, () =>
    {
        StringBuilder text = new();
        string[] files =
        [
            .. Directory.EnumerateFiles("/proc/sys/net/ipv4", "*", SearchOption.AllDirectories),
            .. Directory.EnumerateFiles("/proc/sys/net/ipv6", "*", SearchOption.AllDirectories),
        ];
        foreach (string file in files.Where(file => isWanted(file)).Order(StringComparer.Ordinal))
        {
            try
            {
                text.Append(file).Append(' ').Append(File.ReadAllText(file).Trim()).Append('\n');
            }
            // Some can only be written, some have no value yet.
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
        return text.ToString();
    });

    [GeneratedRegex(@"^\d+: ", RegexOptions.Multiline)]
    private static partial Regex Number();

    [GeneratedRegex(@"\\\s+valid_lft.*$", RegexOptions.Multiline)]
    private static partial Regex Lifetimes();

    [GeneratedRegex(@" expires \d+sec")]
    private static partial Regex Expiry();
}
