using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.CommandLine;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Logging;

namespace KeepalivedAot.Tests.Unit.CommandLine;

/// <summary>The short path and the whole command line mean the same by every option.</summary>
public sealed class ParserTests
{
    private static string ArgumentFor(OptionId id) => id switch
    {
        OptionId.Umask => "022",
        OptionId.LogFacility => "local3",
        OptionId.SigNum => "RELOAD",
        OptionId.LogFormat => "json",
        OptionId.RecordLimit => "7",
        _ => "value",
    };

    public static TheoryData<string> EveryForm()
    {
        TheoryData<string> forms = [];
        foreach (DaemonOption row in OptionTable.Rows.Where(r => r.Id != OptionId.Namespace))
        {
            string argument = ArgumentFor(row.Id);
            switch (row.Argument)
            {
                case ArgumentKind.None:
                    forms.Add($"--{row.Long}");
                    if (row.HasShort)
                        forms.Add($"-{row.Short}");
                    break;
                case ArgumentKind.Required:
                    forms.Add($"--{row.Long} {argument}");
                    forms.Add($"--{row.Long}={argument}");
                    if (row.HasShort)
                    {
                        forms.Add($"-{row.Short} {argument}");
                        forms.Add($"-{row.Short}{argument}");
                    }
                    break;
                default:
                    forms.Add($"--{row.Long}");
                    forms.Add($"--{row.Long}={argument}");
                    if (row.HasShort)
                    {
                        forms.Add($"-{row.Short}");
                        forms.Add($"-{row.Short}{argument}");
                    }
                    break;
            }
        }
        forms.Add("-D -D");
        forms.Add("-DD");
        forms.Add("-nlD -f a.conf -p p -r v -c c -b b -S 5");
        forms.Add("-n -l -D -d -P -C -B -V -G -a --ignore-sigint -u 0x1f");
        return forms;
    }

    [Theory]
    [MemberData(nameof(EveryForm))]
    public void Both_parsers_mean_the_same(string line)
    {
        string[] words = line.Split(' ');
        Invocation brief = new();
        Invocation full = new();
        Assert.True(ShortPath.TryRead(words, brief), "the short path understands it");
        Assert.True(new FullCommandLine(_ => 0).TryRead(words, full), "the whole command line understands it");

        Assert.Equal(Comparable(full.Daemon), Comparable(brief.Daemon));
        Assert.Equal(full.Daemon.WithoutEffect, brief.Daemon.WithoutEffect);
        Assert.Equal(full.ShowVersion, brief.ShowVersion);
        Assert.Equal(full.SignalName, brief.SignalName);
        Assert.Equal(full.Warnings, brief.Warnings);
    }

    [Theory]
    [MemberData(nameof(EveryForm))]
    public void Every_option_changes_something(string line)
    {
        Invocation invocation = new();
        ShortPath.TryRead(line.Split(' '), invocation);
        bool isNothingToDo = line is "--flush-log-file" or "--all" or "--release-vips" or "-X" or "--dont-respawn" or "-R";
        bool changed = Comparable(invocation.Daemon) != Comparable(new DaemonOptions()) || invocation.Daemon.WithoutEffect.Count > 0
            || invocation.ShowVersion || invocation.SignalName is not null;
        Assert.NotEqual(isNothingToDo, changed);
    }

    // Lists are compared apart: a record compares them by reference.
    private static DaemonOptions Comparable(DaemonOptions options) => options with { WithoutEffect = [], CommandLine = [] };

    [Fact]
    public void Rows_have_names_of_their_own()
    {
        Assert.Equal(OptionTable.Rows.Length, OptionTable.Rows.Select(r => r.Long).Distinct().Count());
        Assert.Equal(OptionTable.Rows.Length, OptionTable.Rows.Select(r => r.Id).Distinct().Count());
        IEnumerable<char> letters = OptionTable.Rows.Where(r => r.HasShort).Select(r => r.Short);
        Assert.Equal(letters.Count(), letters.Distinct().Count());
    }

    [Theory]
    [InlineData("--use-fil=x", "x")]
    [InlineData("--use x", "x")]
    public void Unambiguous_abbreviation_is_understood(string line, string file)
    {
        Invocation invocation = new();
        Assert.True(ShortPath.TryRead(line.Split(' '), invocation));
        Assert.Equal(file, invocation.Daemon.ConfigurationFile);
    }

    [Theory]
    [InlineData("--co")]
    [InlineData("--nonsense")]
    [InlineData("-Z")]
    [InlineData("-f")]
    [InlineData("--use-file=")]
    [InlineData("--vrrp=yes")]
    [InlineData("-u 999")]
    [InlineData("-u x")]
    [InlineData("-u 0x")]
    [InlineData("self-check")]
    [InlineData("--help")]
    [InlineData("-h")]
    public void What_is_not_certain_is_left_to_the_whole_command_line(string line)
        => Assert.False(ShortPath.TryRead(line.Split(' '), new Invocation()));

    [Theory]
    [InlineData("1", true)]
    [InlineData("1024", true)]
    [InlineData("0", false)]
    [InlineData("1025", false)]
    [InlineData("-1", false)]
    [InlineData("x", false)]
    public void Record_limit_is_a_number_of_MiB(string limit, bool isTaken)
        => Assert.Equal(isTaken, ShortPath.TryRead(["--record", "a.rec", "--record-limit", limit], new Invocation()));

    [Theory]
    [InlineData("--log-format=json", LogFormat.Json)]
    [InlineData("--log-fo=plain", LogFormat.Plain)]
    public void Log_format_is_one_of_two(string word, LogFormat expected)
    {
        Invocation invocation = new();
        Assert.True(ShortPath.TryRead([word], invocation));
        Assert.Equal(expected, invocation.Daemon.LogFormat);
        Assert.False(ShortPath.TryRead(["--log-format", "xml"], new Invocation()));
    }

    [Theory]
    [InlineData("100ms", 100)]
    [InlineData("5", 5000)]
    [InlineData("5s", 5000)]
    [InlineData("2m", 120_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("99ms", null)]
    [InlineData("2h", null)]
    [InlineData("", null)]
    [InlineData("s", null)]
    [InlineData("-5s", null)]
    [InlineData("1.5s", null)]
    [InlineData("9999999999999s", null)]
    public void Scan_period_is_a_time_with_its_unit(string text, int? milliseconds)
    {
        Assert.Equal(milliseconds is not null, ScanVerb.TryParse(text, out Duration period));
        Assert.Equal(milliseconds, milliseconds is null ? null : (int)period.WholeMilliseconds);
    }

    [Theory]
    [InlineData("0", SyslogFacility.Local0)]
    [InlineData("local7", SyslogFacility.Local7)]
    [InlineData("user", SyslogFacility.User)]
    [InlineData("daemon", SyslogFacility.Daemon)]
    public void Facility_is_a_number_or_a_name(string text, SyslogFacility facility)
    {
        Invocation invocation = new();
        Assert.True(ShortPath.TryRead(["-S", text], invocation));
        Assert.Equal(facility, invocation.Daemon.Facility);
        Assert.Empty(invocation.Warnings);
    }

    [Fact]
    public void Invalid_facility_only_warns()
    {
        Invocation invocation = new();
        Assert.True(ShortPath.TryRead(["-S", "local9"], invocation));
        Assert.Equal(["Invalid log facility 'local9'"], invocation.Warnings);
    }

    [Theory]
    [InlineData("022", 18)]
    [InlineData("0x1ff", 511)]
    [InlineData("18", 18)]
    [InlineData("0", 0)]
    public void Umask_is_a_number_in_any_base(string text, int mask)
    {
        Invocation invocation = new();
        Assert.True(ShortPath.TryRead(["-u", text], invocation));
        Assert.Equal(mask, invocation.Daemon.Umask);
    }

    [Fact]
    public void Words_behind_the_options_are_named_and_ignored()
    {
        Invocation invocation = new();
        Assert.True(ShortPath.TryRead(["-n", "extra", "--", "-x"], invocation));
        Assert.Equal(["Unexpected argument 'extra'", "Unexpected argument '-x'"], invocation.Warnings);
        Assert.True(invocation.Daemon.Foreground);
    }

    [Fact]
    public void Own_version_is_that_of_the_build()
    {
        string root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "keepalived-aot.sln")))
            root = Path.GetDirectoryName(root)!;
        string properties = File.ReadAllText(Path.Combine(root, "Directory.Build.props"));
        Assert.Contains($"<VersionPrefix>{KeepalivedAot.Daemon.Hosting.ProductVersion.Own}</VersionPrefix>", properties);
    }
}
