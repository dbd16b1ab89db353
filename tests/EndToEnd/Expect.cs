using System.Net;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd;

/// <summary>Expectations that many tests share.</summary>
internal static class Expect
{
    /// <summary>Log lines of keepalived, by instance.</summary>
    public const string EnteringMaster = @"\(VI_1\) Entering MASTER STATE";
    public const string EnteringBackup = @"\(VI_1\) Entering BACKUP STATE";
    public const string EnteringFault = @"\(VI_1\) Entering FAULT STATE";

    /// <summary>Limit of a wait for something that should happen in a moment.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(6);

    /// <summary>What a busy test machine may add to a protocol time. Lateness itself is measured by the benchmarks.</summary>
    public static readonly TimeSpan Slack = TimeSpan.FromSeconds(0.5);

    /// <summary>Two clocks are read here, the kernel's stamp at the observer and the daemon's at its socket.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMilliseconds(5);

    public static readonly IPAddress Vip = IPAddress.Parse(VrrpConfiguration.DefaultAddress);

    /// <summary>Starts A and B, and returns when A is MASTER with its address and B has heard it.</summary>
    public static void MasterAndBackup(
        Lab lab, Implementation master, Implementation backup, VrrpConfiguration masterConfiguration, VrrpConfiguration backupConfiguration)
    {
        lab.A.Start(master, masterConfiguration);
        lab.A.Daemon.WaitForLog($"{EnteringBackup}|{EnteringMaster}", Soon);
        lab.B.Start(backup, backupConfiguration);
        lab.B.Daemon.WaitForLog(EnteringBackup, Soon);
        Master(lab.A, masterConfiguration.ActiveDownInterval);
    }

    /// <summary>The router says it is MASTER and has the address.</summary>
    public static void Master(Router router, TimeSpan protocolTime, int logFrom = 0, string address = VrrpConfiguration.DefaultAddress)
    {
        router.Daemon.WaitForLog(EnteringMaster, protocolTime + Soon, logFrom);
        router.Addresses.WaitFor(IPAddress.Parse(address), present: true, Soon);
    }

    /// <summary>
    /// A was MASTER and is dead: B's first advert came when Active_Down_Interval after A's last had passed, and not much later.
    /// </summary>
    public static void CrashTakeover(Lab lab, IPAddress dead, IPAddress successor, VrrpConfiguration successorConfiguration)
    {
        Advert last = lab.Observer.LastAdvert(dead, TimeSpan.MaxValue);
        Advert first = lab.Observer.Adverts.WaitFor(
            $"an advert from {successor} after the crash", advert => advert.Source.Equals(successor) && advert.At > last.At,
            successorConfiguration.ActiveDownInterval + Soon);
        Between(first.At - last.At, successorConfiguration.ActiveDownInterval);
    }

    /// <summary>A said good-bye with priority 0: B's first advert came Skew_Time later.</summary>
    public static void GracefulTakeover(Lab lab, IPAddress leaving, IPAddress successor, VrrpConfiguration successorConfiguration, int from)
    {
        Advert goodbye = lab.Observer.Adverts.WaitFor(
            $"priority 0 from {leaving}", advert => advert.Source.Equals(leaving) && advert.Priority == 0, Soon, from);
        Advert first = lab.Observer.Adverts.WaitFor(
            $"an advert from {successor}", advert => advert.Source.Equals(successor) && advert.At > goodbye.At,
            successorConfiguration.SkewTime + Soon, from);
        Between(first.At - goodbye.At, successorConfiguration.SkewTime);
    }

    private static void Between(TimeSpan measured, TimeSpan expected) => Assert.InRange(measured, expected - ClockSlack, expected + Slack);
}
