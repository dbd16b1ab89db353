using System.Net;
using System.Text;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

// More segments than the first: for routers that are on several of them, such as members of sync groups.
public sealed partial class Lab
{
    private readonly List<Observer> _segmentObservers = [];

    /// <summary>
    /// Plugs every router and the watching host into another switch, by interfaces of this name: 10.<paramref name="subnet"/>.0.0/24, routers .1,
    /// .2 and so on.
    /// </summary>
    /// <returns>What the host sees there.</returns>
    public Observer AddSegment(string interfaceName, int subnet)
    {
        StringBuilder script = new();
        script.AppendLine($"ip -n {Id}-sw link add br-{interfaceName} type bridge ageing_time 0 mcast_snooping 0 stp_state 0");
        script.AppendLine($"ip -n {Id}-sw link set br-{interfaceName} addrgenmode none up");
        foreach (Router router in (Router[])[.. _routers, Host])
        {
            script.AppendLine($"""
                ip -n {Id}-sw link add {router.PortOf(interfaceName)} type veth peer name {interfaceName} netns {router.Namespace}
                ip -n {Id}-sw link set {router.PortOf(interfaceName)} addrgenmode none master br-{interfaceName} up
                ip -n {router.Namespace} address add 10.{subnet}.0.{router.Number}/24 brd + dev {interfaceName}
                ip -n {router.Namespace} link set {interfaceName} up
                """);
        }
        Shell.Script(script.ToString());
        Observer observer = new(Host.Namespace, interfaceName, Describe);
        _segmentObservers.Add(observer);
        return observer;
    }

    private void CloseSegments()
    {
        foreach (Observer observer in _segmentObservers)
            observer.Dispose();
    }
}
