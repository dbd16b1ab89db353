using KeepalivedAot.Config;
using KeepalivedAot.Config.VirtualServers;

namespace KeepalivedAot.Tests.Unit.Config.VirtualServers;

/// <summary>Virtual servers from pieces of text.</summary>
internal static class ServiceText
{
    public const string RealServer = "real_server 192.0.2.10 80 {\n}\n";

    private const string Head = "lvs_sched rr\nlvs_method NAT\nprotocol TCP\n";

    /// <summary>A service of 192.0.2.1:80 with all that it needs, and these lines.</summary>
    public static LoadResult Load(string lines, string servers = RealServer, string address = "192.0.2.1 80", string head = Head, string before = "", string behind = "")
        => ConfigText.Load($"{before}\nvirtual_server {address} {{\n{head}{lines}\n{servers}}}\n{behind}");

    /// <summary>A service by firewall mark, without a protocol.</summary>
    public static LoadResult Marked(string lines, string servers, string method = "NAT")
        => Load(lines, servers, "fwmark 5", $"lvs_sched rr\nlvs_method {method}\n");

    public static LoadResult Server(string lines, string service = "", string address = "192.0.2.10 80", string before = "")
        => Load(service, $"real_server {address} {{\n{lines}\n}}\n", before: before);

    public static VirtualServerBlock Service(LoadResult result) => Assert.Single(result.Configuration.VirtualServers);

    public static RealServerBlock RealServerOf(LoadResult result) => Assert.Single(Service(result).RealServers);

    /// <summary>What was found besides that virtual servers do not run yet.</summary>
    public static string[] Codes(LoadResult result) => [.. ConfigText.Codes(result).Where(static c => c != "KA0202")];

    public static string[] Messages(LoadResult result)
        => [.. result.Diagnostics.Where(static d => d.Code != "KA0202").Select(static d => d.Message)];
}
