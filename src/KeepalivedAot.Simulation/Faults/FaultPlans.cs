using System.Globalization;
using KeepalivedAot.Simulation.Hosts;
using KeepalivedAot.Simulation.Network;
using KeepalivedAot.Simulation.Time;
using KeepalivedAot.Simulation.Worlds;

namespace KeepalivedAot.Simulation.Faults;

/// <summary>Makes plans of faults by chance, each of which is over before the plan's end.</summary>
/// <param name="chance">The same one makes the same plan of the same world.</param>
internal sealed class FaultPlans(SimulatedWorld world, Chance chance)
{
    // Milliseconds; what lasts longer teaches nothing more.
    private const int LongestFault = 15_000;

    private const int Kinds = 9;
    private const int KindsOfOne = 6;

    /// <summary>So many faults, in the order of their times, as they would be written.</summary>
    /// <param name="seconds">In which they begin.</param>
    public List<string> Make(int count, int seconds)
    {
        List<(int At, string Text)> faults = [];
        SimulatedHost[] hosts = [.. world.Hosts.Where(static host => host.Ports.Count > 0)];
        if (hosts.Length == 0)
            return [];
        for (int i = 0; i < count; i++)
        {
            int at = chance.Below(seconds * 1000);
            int lasts = 1 + chance.Below(LongestFault);
            SimulatedHost which = hosts[chance.Below(hosts.Length)];
            string host = which.Name;
            // The last kinds are about ways, which need somebody else on the same network.
            switch (chance.Below(HasCompany(which) ? Kinds : KindsOfOne))
            {
                case 0:
                    faults.Add((at, $"crash {host}"));
                    faults.Add((at + lasts, $"start {host}"));
                    break;
                case 1:
                    faults.Add((at, $"kill {host}"));
                    faults.Add((at + lasts, $"start {host}"));
                    break;
                case 2:
                    faults.Add((at, $"stop {host}"));
                    faults.Add((at + lasts, $"start {host}"));
                    break;
                case 3:
                    faults.Add((at, $"stall {host} for {lasts}ms"));
                    break;
                case 4:
                    faults.Add((at, $"sleep {host} for {lasts}ms"));
                    break;
                case 5:
                    string port = Any([.. world.FindHost(host)!.Ports.Values.Select(static port => port.Name)]);
                    faults.Add((at, $"down {port}"));
                    faults.Add((at + lasts, $"up {port}"));
                    break;
                case 6:
                    string way = Way(host);
                    faults.Add((at, $"cut {way}"));
                    faults.Add((at + lasts, $"heal {way}"));
                    break;
                case 7:
                    string lossy = Way(host);
                    faults.Add((at, string.Create(CultureInfo.InvariantCulture, $"loss {10 + chance.Below(80)}% {lossy}")));
                    faults.Add((at + lasts, $"heal {lossy}"));
                    break;
                default:
                    string slow = Way(host);
                    faults.Add((at, string.Create(CultureInfo.InvariantCulture, $"delay {chance.Below(400)}ms {slow}")));
                    faults.Add((at + lasts, $"heal {slow}"));
                    break;
            }
        }
        return [.. faults.OrderBy(static fault => fault.At).Select(static fault => string.Create(CultureInfo.InvariantCulture, $"t={fault.At}ms {fault.Text}"))];
    }

    private string Way(string host)
    {
        SimulatedHost[] others = [.. world.FindHost(host)!.Ports.Values.SelectMany(port => port.Segment!.Ports).Select(HostOf).Where(other => other.Name != host).Distinct()];
        return $"{host}{(chance.Below(2) == 0 ? "->" : "<->")}{others[chance.Below(others.Length)].Name}";
    }

    private SimulatedHost HostOf(Port port) => world.Hosts.First(host => host.Ports.Values.Contains(port));

    private static bool HasCompany(SimulatedHost host) => host.Ports.Values.Any(static port => port.Segment!.Ports.Count > 1);

    private string Any(string[] of) => of[chance.Below(of.Length)];
}
