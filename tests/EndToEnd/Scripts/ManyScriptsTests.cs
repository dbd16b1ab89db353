using System.Globalization;
using System.Text;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Scripts;

/// <summary>Hundreds of processes are started while the daemon makes garbage, which is what a start and a takeover of many instances are.</summary>
public sealed class ManyScriptsTests
{
    private const int SIGHUP = 1;
    private const int Instances = 150;
    private const int Checks = 20;

    private static readonly VrrpConfiguration s_plain = new()
    {
        AdvertSeconds = 1, Priority = 200, Globals = "enable_script_security\nscript_user root",
    };

    /// <summary>
    /// Nobody may be killed and nothing may hang, whatever collection begins when: each notify script runs once and in its order, no tracked
    /// one fails, and SIGTERM ends the daemon and its addresses.
    /// </summary>
    [Fact]
    public void Start_whileReloading_runsEachScriptOnceAndTheDaemonCanBeStopped()
    {
        using Lab lab = new(routers: 1);
        ScriptFolder scripts = new(lab.A);
        string notify = scripts.AddRaw("notify", $"echo \"$2 $3\" >> {scripts.Record}\n");
        File.WriteAllText(lab.A.ConfigurationFile, ConfigurationOf(notify, scripts.AddRaw("check", "exit 0\n")));
        lab.A.StartAs(Binaries.PathOf(Implementation.Ours), "-n", "-l", "-D", "-f", lab.A.ConfigurationFile);
        lab.A.Daemon.WaitForLog("Startup complete", Expect.Soon);
        // From the BACKUP scripts until the last MASTER script has run.
        DateTime end = DateTime.UtcNow + TimeSpan.FromSeconds(40);
        while (scripts.Lines().Length < 2 * Instances && DateTime.UtcNow < end)
        {
            lab.A.Daemon.Signal(SIGHUP);
            Thread.Sleep(97);
        }
        Assert.Empty(lab.A.Daemon.LogMatches("signal|failed|timed_out"));
        string[] expected = [.. Enumerable.Range(1, Instances).SelectMany(number => (string[])[$"VI_{number} BACKUP", $"VI_{number} MASTER"])];
        string[] lines = scripts.Lines();
        Assert.Equal(expected.Order(StringComparer.Ordinal), lines.Order(StringComparer.Ordinal));
        Assert.All(expected.Chunk(2), pair => Assert.True(Array.IndexOf(lines, pair[0]) < Array.IndexOf(lines, pair[1]), pair[0]));
        Assert.InRange(lab.A.Daemon.LogMatches("Reload complete").Length, 10, 1000);
        Assert.Equal(Checks, lab.A.Daemon.LogMatches(@"VRRP_Script\(chk_\d+\) succeeded").Length);

        Assert.Equal(0, lab.A.Stop());
        Assert.DoesNotContain(lab.A.ListAddresses(), address => address.PrefixLength == 32);
    }

    private static string ConfigurationOf(string notify, string check)
    {
        StringBuilder text = new();
        for (int number = 1; number <= Instances; number++)
        {
            string instance = s_plain with
            {
                Name = Named("VI", number),
                Vrid = (byte)number,
                Addresses = [string.Create(CultureInfo.InvariantCulture, $"10.9.1.{number}")],
                Extra = $"notify {notify}\ntrack_script {{\n{Named("chk", number % Checks)} weight 1\n}}",
            };
            int at = instance.IndexOf("vrrp_instance", StringComparison.Ordinal);
            if (number == 1)
            {
                text.Append(instance.AsSpan(0, at));
                for (int i = 0; i < Checks; i++)
                    text.Append(CultureInfo.InvariantCulture, $"vrrp_script {Named("chk", i)} {{\nscript {check}\ninterval 0.25\n}}\n");
            }
            text.Append(instance.AsSpan(at));
        }
        return text.ToString();
    }

    private static string Named(string name, int number) => string.Create(CultureInfo.InvariantCulture, $"{name}_{number}");
}
