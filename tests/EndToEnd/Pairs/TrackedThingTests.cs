using System.Diagnostics;
using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;
using KeepalivedAot.Tests.EndToEnd.Scripts;

namespace KeepalivedAot.Tests.EndToEnd.Pairs;

/// <summary>What the leading router tracks goes bad and good again: its role moves to the other one, and back.</summary>
public sealed class TrackedThingTests
{
    private static readonly VrrpConfiguration s_high = new() { Priority = 150 };
    private static readonly VrrpConfiguration s_low = new() { Priority = 100 };

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void TrackScript_weight_movesTheRoleAndBack(Implementation a, Implementation b) => TrackScript(a, b, "weight -60", isFault: false);

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void TrackScript_weightZero_isAFaultWhileItFails(Implementation a, Implementation b) => TrackScript(a, b, "", isFault: true);

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void TrackFile_weight_movesTheRoleAndBack(Implementation a, Implementation b) => TrackFile(a, b, "weight -60", isFault: false);

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void TrackFile_weightZero_isAFaultWhileItIsNotZero(Implementation a, Implementation b) => TrackFile(a, b, "weight 0", isFault: true);

    [Theory, MemberData(nameof(Pair.All), MemberType = typeof(Pair))]
    public void TrackFile_productOfMinus254_isAFault(Implementation a, Implementation b) => TrackFile(a, b, "weight -254", isFault: true);

    [Theory]
    [InlineData(Implementation.Ours, Implementation.Ours)]
    [InlineData(Implementation.Ours, Implementation.Stock)]
    [NotTried(Implementation.Stock, Implementation.Ours, "keepalived hears of processes in the host's first network namespace only")]
    public void TrackProcess_weight_movesTheRoleAndBack(Implementation a, Implementation b)
    {
        using Lab lab = new();
        string name = $"kq{Environment.ProcessId % 100_000}{b}";
        string program = Path.Combine(lab.A.Scratch, "tmp", name);
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        File.Copy("/bin/sleep", program);
        string block = $"vrrp_track_process p {{\nprocess {name}\nweight 60\n}}\n";
        using Process process = Process.Start(program, "60");
        try
        {
            Move(lab, a, b, block + s_low with { Priority = 90, Extra = "track_process {\np\n}" }, process.Kill, comesBack: null, isFault: false);
        }
        finally
        {
            process.Kill();
            process.WaitForExit();
        }
    }

    private static void TrackScript(Implementation a, Implementation b, string weight, bool isFault)
    {
        using Lab lab = new();
        ScriptFolder scripts = new(lab.A);
        string bad = Path.Combine(lab.A.Scratch, "bad");
        string check = scripts.AddRaw("check", $"[ ! -e {bad} ]");
        string block = $"global_defs {{\nenable_script_security\nscript_user root\n}}\nvrrp_script chk {{\nscript {check}\ninterval 1\n{weight}\n}}\n";
        Move(
            lab, a, b, block + s_high with { Extra = "track_script {\nchk\n}" },
            () => File.WriteAllText(bad, ""), () => File.Delete(bad), isFault);
    }

    private static void TrackFile(Implementation a, Implementation b, string weight, bool isFault)
    {
        using Lab lab = new();
        string file = Path.Combine(lab.A.Scratch, "tmp", "number");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, "0");
        string block = $"track_file number {{\nfile {file}\n{weight}\n}}\n";
        Move(
            lab, a, b, block + s_high with { Extra = "track_file {\nnumber\n}" },
            () => File.WriteAllText(file, "1"), () => File.WriteAllText(file, "0"), isFault);
    }

    private static void Move(Lab lab, Implementation a, Implementation b, string leading, Action goesBad, Action? comesBack, bool isFault)
    {
        lab.A.Start(a, leading);
        Expect.Master(lab.A, s_high.ActiveDownInterval);
        lab.B.Start(b, s_low);
        lab.B.Daemon.WaitForLog(Expect.EnteringBackup, Expect.Soon);
        goesBad();
        Expect.Master(lab.B, s_low.ActiveDownInterval);
        lab.A.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
        Assert.Equal(isFault, lab.A.Daemon.LogMatches(Expect.EnteringFault).Length == 1);
        if (comesBack is null)
            return;
        int seen = lab.A.Daemon.Log.Count;
        comesBack();
        Expect.Master(lab.A, s_high.ActiveDownInterval, seen);
        lab.B.Addresses.WaitFor(Expect.Vip, present: false, Expect.Soon);
    }
}
