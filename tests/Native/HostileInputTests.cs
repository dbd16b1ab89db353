using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using KeepalivedAot.Benchmarks;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.Native;

/// <summary>A configuration that means harm costs little memory and little time, and is refused with a finding.</summary>
public sealed partial class HostileInputTests
{
    private const double MostMegabytes = 64;
    private const int StartRefused = 2;
    private const int StartWithoutFile = 6;
    private const int CheckErrors = 2;
    private const int FormatOther = 1;
    private const int TestClean = 0;
    private const int TestFatal = 4;
    private const int TestErrors = 5;
    private const int TestMissingInclude = 6;
    private const uint OwnerCanRead = 0x180; // 0600

    // A second or so on a machine that does nothing else. What is quadratic takes minutes.
    private static readonly TimeSpan s_mostTime = TimeSpan.FromSeconds(30);

    private const string Address = "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n";
    private const string Sequence = "~SEQ(N, 1, 1000000000) a $N\n";
    private const string Instance = "vrrp_instance V% {\ninterface eth0\nvirtual_router_id 51\n}\n";

    // It is refused before anything is done.
    private static readonly string[] s_start = ["-n", "-f", "main.conf", "-p", "parent.pid", "-r", "vrrp.pid", "-c", "checkers.pid", "-b", "bfd.pid"];

    private static readonly string s_text900 = new('x', 900);

    /// <summary>What is written into <c>main.conf</c>, and the exit status of <c>-t</c>.</summary>
    /// <remarks>Between head and tail stand so many copies of the body, with their number in place of each %.</remarks>
    public static TheoryData<string, string, string, int, string, int> Inputs => new()
    {
        { "includes in a loop", "include main.conf\n", "", 0, "", TestMissingInclude },
        { "an include of itself by a pattern", "include *.conf\n", "", 0, "", TestMissingInclude },
        { "includes in a sequence", "~SEQ(N, 1, 1000000000) include /nonexistent/$N.conf\n", "", 0, "", TestErrors },
        { "includes of files that are none", "include fifo\ninclude /dev/zero\ninclude /\ninclude .\ninclude fi*\n", "", 0, "", TestClean },
        { "patterns without end", $"include {string.Concat(Enumerable.Repeat("{a,b}", 60))}\n", "", 0, "", TestErrors },

        { "a sequence of a billion", Sequence, "", 0, "", TestErrors },
        { "sequences within sequences", "~SEQ(A, 1000000000) ~SEQ(B, 1000000000) ~SEQ(C, 1000000000) $N${A}_${B}_$C=x\n", "", 0, "", TestErrors },
        { "a sequence of nothing", "$E=\n~SEQ(N, 1, 1000000000) ", "$E ", 300, "\n", TestErrors },
        { "instances by a sequence", "~SEQ(N, 1, 1000000000) vrrp_instance V$N { interface eth0 }\n", "", 0, "", TestErrors },
        { "definitions that double", Doubling(), "", 0, "", TestErrors },
        { "a gigabyte of definitions by a sequence", $"~SEQ(A, 1100000) $N${{A}}={s_text900}\n", "", 0, "", TestErrors },
        { "a gigabyte of definitions by includes", "", "include big/*.conf\n", 100, "", TestErrors },
        { "a definition of itself", "$A=x \\\n$A \\\n$A\n$A\n", "", 0, "", TestErrors },
        { "names that nobody has defined", "$X=1\n", "$E% a ${F%} $G% ${G%}\n", 200_000, "", TestErrors },
        { "dollar signs and braces", "", $"{string.Concat(Enumerable.Repeat("${", 500))}\n", 15_000, "", TestErrors },

        { "opening braces on one line", "", "{", 1_000_000, "", TestErrors },
        { "opening braces", "", "{\n", 1_000_000, "", TestErrors },
        { "closing braces", "", "}\n", 1_000_000, "", TestErrors },
        { "braces", "", "{}", 1_000_000, "", TestErrors },
        { "blocks in blocks", "", "vrrp_instance A { authentication {\n", 300_000, "", TestErrors },
        { "servers in servers", "", "virtual_server 192.0.2.1 80 {\n", 300_000, "", TestErrors },

        { "NUL bytes", "", "\0", 5_000_000, "", TestErrors },
        { "lines of NUL", "", "\0\n", 1_000_000, "", TestErrors },
        { "no UTF-8", "", "\u00FF\u00FE\u0080{}\"\u00C3\n", 500_000, "", TestErrors },
        { "lone quotes", "", "\"\n", 1_000_000, "", TestErrors },
        { "a quoted text of 15 MB", "global_defs { router_id \"", "x", 15_000_000, "\"\n}\n", TestErrors },
        { "empty lines", "", "\n", 8_000_000, "", TestClean },
        { "conditions", "", "@a b\n@^a b\n", 500_000, "", TestErrors },
        { "a file of 100 MB", "", "global_defs {\n", 100_000_000 / 14, "", TestFatal },

        { "instances of one VRID", "", Instance, 200_000, "", TestErrors },
        { "instances of one name", "", "vrrp_instance V {\ninterface eth0\nvirtual_router_id 51\n}\n", 200_000, "", TestErrors },
        { "interfaces of their own", "", "vrrp_instance V% {\ninterface eth0\nvirtual_router_id 51\nuse_vmac\n}\n", 40_000, "", TestErrors },
        { "scripts", "", "vrrp_script S% {\nscript /bin/true\n}\n", 200_000, "", TestErrors },
        { "trackers that nobody knows", "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\ntrack_script {\n", "T%\n", 200_000, "}\n}\n", TestErrors },
        { "tracked interfaces", "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\ntrack_interface {\n", "e%\n", 200_000, "}\n}\n", TestErrors },
        { "BFD sessions", "", "bfd_instance B% {\nneighbor_ip 2001:db8::%\n}\n", 100_000, "", TestErrors },
        { "services of one address", "", "virtual_server 192.0.2.1 80 {\n}\n", 200_000, "", TestErrors },
        { "servers of one address", "virtual_server 192.0.2.1 80 {\n", "real_server 192.0.2.2 80 {\n}\n", 200_000, "}\n", TestErrors },
        { "members that nobody knows", "vrrp_instance A1 {\ninterface eth0\nvirtual_router_id 1\n}\nvrrp_sync_group G {\ngroup {\n", "V%\n", 100_000, "}\n}\n", TestErrors },
        { "routes of groups that nobody knows", "static_routes {\n", "192.0.2.0/24 dev eth0 track_group G%\n", 100_000, "}\n", TestErrors },
        // Whole files of one kind, and as much of it as just fits.
        { "plain scripts", "", "vrrp_script S% { script \"/bin/true\" }\n", 500_000, "", TestErrors },
        { "long commands", "", $"vrrp_script S% {{ script \"/bin/true {new string('z', 950)}\" }}\n", 25_000, "", TestErrors },
        { "addresses with interfaces", Address, "2001:db8::%/64 dev e% label l%\n", 60_000, "}\n}\n", TestErrors },
        { "addresses of IPv6", Address, "2001:db8:1::%/64\n", 90_000, "}\n}\n", TestErrors },
        { "interfaces of a group", "garp_group {\ngarp_interval 1\ninterfaces {\n", "e%\n", 200_000, "}\n}\n", TestErrors },
        { "groups of interfaces", "", "garp_group {\ngarp_interval 1\ninterfaces {\ne%\n}\n}\n", 60_000, "", TestErrors },
        { "static routes", "static_routes {\n", "2001:db8::% dev eth0\n", 900_000, "}\n", TestErrors },
        { "secrets", "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\n", "authentication {\nauth_type PASS\nauth_pass p%\n}\n", 400_000, "}\n", TestErrors },
        { "comments", "", "# a comment %\n", 1_000_000, "", TestClean },
        { "unknown keywords", "", "foo% bar\n", 1_500_000, "", TestErrors },
        { "warnings by a sequence", "global_defs {\n~SEQ(N, 1, 1000000000) enable_script_security\n}\n", "", 0, "", TestErrors },
        { "peers", "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nunicast_peer {\n", "2001:db8::%\n", 60_000, "}\n}\n", TestErrors },
        { "addresses", "vrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n", "2001:db8::%\n", 60_000, "}\n}\n", TestErrors },
    };

    [Theory, MemberData(nameof(Inputs))]
    public void Hostile_configuration_is_refused_cheaply(string what, string head, string body, int copies, string tail, int status)
    {
        using Scratch scratch = new();
        Write(scratch.MainFile, head, body, copies, tail);
        if (body.StartsWith("include big", StringComparison.Ordinal))
            WriteDefinitions(Directory.CreateDirectory(scratch.PathOf("big")).FullName);
        Assert.Equal(0, MakeFifo(scratch.PathOf("fifo"), OwnerCanRead));
        Verify(what, status, "-t", "-f", scratch.MainFile);
        Verify(what, null, "check", scratch.MainFile);
    }

    /// <summary>Virtual servers with ten real servers each: all that read the file say the same of it.</summary>
    public static TheoryData<int, int> Services => new() { { 2_000, TestClean }, { 2_500, TestClean }, { 4_000, TestErrors }, { 16_000, TestFatal } };

    [Theory, MemberData(nameof(Services))]
    public void Large_configuration_is_read_by_all_or_by_none(int services, int status)
    {
        using Scratch scratch = new();
        WriteServices(scratch.MainFile, services);
        bool isRead = status == TestClean;
        VerifyLarge(status, "-t", "-f", scratch.MainFile);
        VerifyLarge(isRead ? 0 : CheckErrors, "check", scratch.MainFile);
        VerifyLarge(isRead ? 0 : CheckErrors, "config", scratch.MainFile);
        // One that begins would run until it is told to end.
        if (!isRead)
            VerifyLarge(status == TestFatal ? StartWithoutFile : StartRefused, [.. s_start.Select(word => word.Contains('.', StringComparison.Ordinal) ? scratch.PathOf(word) : word)]);
    }

    [Fact]
    public void Several_large_configurations_in_one_check_do_not_add_up()
    {
        using Scratch scratch = new();
        WriteServices(scratch.MainFile, 2_000);
        MeasuredRun one = VerifyLarge(0, "check", scratch.MainFile);
        MeasuredRun eight = VerifyLarge(0, ["check", .. Enumerable.Repeat(scratch.MainFile, 8)]);
        Assert.True(eight.PeakMegabytes < 2 * one.PeakMegabytes, $"{one.PeakMegabytes:F1} MB for one, {eight.PeakMegabytes:F1} MB for eight");
    }

    private static MeasuredRun VerifyLarge(int status, params string[] arguments)
    {
        MeasuredRun run = MeasuredRun.Watch(s_mostTime, Binaries.PathOf(Implementation.Ours), arguments);
        Assert.True(run.ExitCode == status, $"{arguments[0]} ended with {run.ExitCode}, not {status}");
        Assert.True(run.PeakMegabytes < MostMegabytes, $"{arguments[0]} took {run.PeakMegabytes:F1} MB");
        return run;
    }

    private static void WriteServices(string path, int services)
    {
        StringBuilder text = new("global_defs {\ndynamic_interfaces\n}\nvrrp_instance A {\ninterface eth0\nvirtual_router_id 1\nvirtual_ipaddress {\n192.0.2.1/24\n}\n}\n");
        for (int service = 0; service < services; service++)
        {
            text.Append(CultureInfo.InvariantCulture, $"virtual_server 10.{service >> 8}.{service & 255}.1 80 {{\n    delay_loop 6\n    lb_algo rr\n    lb_kind NAT\n    protocol TCP\n");
            for (int server = 1; server <= 10; server++)
            {
                text.Append(CultureInfo.InvariantCulture, $"    real_server 172.16.{service & 255}.{server} 80 {{\n        weight 1\n        HTTP_GET {{\n            url {{\n");
                text.Append("                path /health\n                status_code 200\n            }\n            connect_timeout 3\n        }\n    }\n");
            }
            text.Append("}\n");
        }
        File.WriteAllText(path, text.ToString());
    }

    /// <summary>Some of them for whatever else reads a configuration.</summary>
    public static TheoryData<string, string, int, string, int, string[]> Others => new()
    {
        { Sequence, "", 0, "", StartRefused, s_start },
        { Sequence, "", 0, "", CheckErrors, ["config", "main.conf"] },
        { Sequence, "", 0, "", 0, ["fmt", "--check", "main.conf"] },
        { "", "router_id $A ${B} # c\n", 200_000, "", 0, ["fmt", "--check", "main.conf"] },
        { "", "include_check +read -read\n", 500_000, "", 0, ["fmt", "--check", "main.conf"] },
        { "", "}", 1_000_000, "", CheckErrors, ["fmt", "--check", "main.conf"] },
        { "", Instance, 200_000, "", StartRefused, s_start },
        { "", Instance, 200_000, "", CheckErrors, ["config", "--json", "main.conf"] },
        { "", Instance, 200_000, "", FormatOther, ["fmt", "--check", "main.conf"] },
        { "", Instance, 200_000, "", 0, ["fmt", "--diff", "main.conf"] },
        { "", "vrrp_script S% { script \"/bin/true\" }\n", 400_000, "", FormatOther, ["fmt", "--check", "main.conf"] },
        { "", "vrrp_script S% { script \"/bin/true\" }\n", 550_000, "", CheckErrors, ["fmt", "--check", "main.conf"] },
        { "vrrp_instance A {\nauthentication {\n", "auth_pass pass%\n", 400_000, "}\n}\n", FormatOther, ["fmt", "--check", "--diff", "main.conf"] },
        { "static_routes {\n", "192.0.2.0/24 dev eth0\n", 30_000, "}\n", 0, ["config", "main.conf"] },
        { "static_routes {\n", "192.0.2.0/24 dev eth0\n", 30_000, "}\n", 0, ["config", "--json", "main.conf"] },
    };

    [Theory, MemberData(nameof(Others))]
    public void Hostile_configuration_is_cheap_for_whatever_reads_it(string head, string body, int copies, string tail, int status, string[] arguments)
    {
        using Scratch scratch = new();
        Write(scratch.MainFile, head, body, copies, tail);
        Verify(head + body, status, [.. arguments.Select(word => word.EndsWith(".conf", StringComparison.Ordinal) || word.EndsWith(".pid", StringComparison.Ordinal) ? scratch.PathOf(word) : word)]);
    }

    /// <summary>What is written into <c>keepalived-aot.toml</c>.</summary>
    public static TheoryData<string, int> Settings => new()
    {
        { "# x\n", 16_000 + 1_000 }, { "a = 1\n", 10_000 }, { "k% = 1\n", 6_000 }, { "a = [", 12_000 }, { "a = {a=", 9_000 }, { "a.", 30_000 }, { "[", 60_000 },
        { "\0", 60_000 }, { "\u00FF = \"\u00C3\n", 10_000 }, { "a = \"\"\"x\n", 6_000 }, { "9", 60_000 },
    };

    [Theory, MemberData(nameof(Settings))]
    public void Hostile_settings_are_refused_cheaply(string body, int copies)
    {
        using Scratch scratch = new();
        string path = scratch.PathOf("keepalived-aot.toml");
        Write(path, "", body, copies, "");
        Verify(body, CheckErrors, "check", path);
    }

    private static void Verify(string what, int? status, params string[] arguments)
    {
        MeasuredRun run = MeasuredRun.Watch(s_mostTime, Binaries.PathOf(Implementation.Ours), arguments);
        Assert.True(run.Elapsed < s_mostTime, $"{what}: {arguments[0]} took {run.Elapsed.TotalSeconds:F1} s");
        // What check says depends on lints too; that it is no crash is enough.
        Assert.True(status is null ? run.ExitCode is 0 or CheckErrors : run.ExitCode == status, $"{what}: {arguments[0]} ended with {run.ExitCode}, not {status}");
        Assert.True(run.PeakMegabytes < MostMegabytes, $"{what}: {arguments[0]} took {run.PeakMegabytes:F1} MB");
    }

    // Thirty definitions, each twice the one before: 10 GB.
    private static string Doubling()
        => "$A0=0123456789\n" + string.Concat(Enumerable.Range(1, 30).Select(static i => $"$A{i}=${{A{i - 1}}}${{A{i - 1}}}\n")) + "$A30\n";

    // Ten files of 10 MB, each of which is short enough by itself.
    private static void WriteDefinitions(string directory)
    {
        for (int i = 0; i < 10; i++)
            Write(Path.Combine(directory, $"{i}.conf"), "", $"$N{i}={s_text900}\n", 11_000, "");
    }

    private static void Write(string path, string head, string body, int copies, string tail)
    {
        using FileStream file = File.Create(path);
        using StreamWriter writer = new(file, Encoding.Latin1, 1 << 16);
        writer.Write(head);
        bool isNumbered = body.Contains('%', StringComparison.Ordinal);
        for (int i = 1; i <= copies; i++)
            writer.Write(isNumbered ? body.Replace("%", i.ToString("x", CultureInfo.InvariantCulture), StringComparison.Ordinal) : body);
        writer.Write(tail);
    }

    [LibraryImport("libc", EntryPoint = "mkfifo", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int MakeFifo(string path, uint mode);

    private sealed class Scratch : IDisposable
    {
        private readonly string _directory = Directory.CreateTempSubdirectory("keepalived-aot-hostile").FullName;

        public string MainFile => PathOf("main.conf");

        public string PathOf(string name) => Path.Combine(_directory, name);

        public void Dispose() => Directory.Delete(_directory, recursive: true);
    }
}
