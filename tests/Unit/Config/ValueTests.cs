using System.Text.RegularExpressions;
using System.Globalization;
using System.Reflection;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Tests.Unit.Config.Keywords;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Tests.Unit.Config;

public sealed class ValueTests
{
    // Every number of the table of words, at its limits and just beyond them.
    public static TheoryData<string, string, string, bool> Limits
    {
        get
        {
            TheoryData<string, string, string, bool> rows = [];
            foreach ((string path, BlockSchema block) in Configuration.Schema.Walk())
            {
                foreach (WordSchema word in block.Words.Where(static w => w.Minimum is not null && !w.IsPositional && w.Status != WordStatus.Alias))
                {
                    long minimum = word.Minimum!.Value;
                    long maximum = word.Maximum!.Value;
                    rows.Add(path, word.Word, Parser.Format(minimum, word.Decimals), true);
                    rows.Add(path, word.Word, Parser.Format(maximum, word.Decimals), true);
                    rows.Add(path, word.Word, Parser.Format(maximum + 1, word.Decimals), false);
                    rows.Add(path, word.Word, minimum == 0 ? "-1" : Parser.Format(minimum - 1, word.Decimals), false);
                    rows.Add(path, word.Word, "99999999999999999999999", false);
                    rows.Add(path, word.Word, "x", false);
                    rows.Add(path, word.Word, "1e2", false);
                }
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Limits))]
    public void Number_is_accepted_within_its_range_only(string path, string word, string value, bool isAccepted)
    {
        bool isStored = s_storedPaths.Contains(path);
        LoadResult result = ConfigText.Load(isStored ? FileWith(path, $"{word} {value}") : FileBySample(path, word, value));
        IEnumerable<Diagnostic> rejections = result.Diagnostics.Where(static d => d.Kind.Class == ConfigErrorClass.InvalidNumber);
        if (isAccepted)
        {
            Assert.Empty(rejections);
            if (isStored)
                Assert.Equal(Scaled(value, SchemaOf(path, word).Decimals), Stored(result, path, word));
        }
        else
        {
            Diagnostic only = Assert.Single(rejections);
            Assert.Equal(value.Length, only.Location.Length);
        }
    }

    [Fact]
    public void Table_has_all_numbers_of_the_three_blocks() => Assert.True(Limits.Count >= 7 * 26, $"{Limits.Count / 7}");

    [Theory]
    [InlineData("priority 100x", true, 100, true)]
    [InlineData("priority +90", true, 90, false)]
    [InlineData("priority \" 90\"", true, 90, false)]
    [InlineData("down_timer_adverts 7x", true, 3, true)]
    [InlineData("down_timer_adverts 7x", false, 7, true)]
    [InlineData("down_timer_adverts 101x", false, 3, true)]
    public void Number_with_something_behind_is_used_by_a_lenient_keyword_outside_a_test(string line, bool isConfigTest, int expected, bool isReported)
    {
        LoadResult result = ConfigText.Load(ConfigText.File(line), isConfigTest);
        VrrpInstanceBlock instance = result.Configuration.VrrpInstances[0];
        Assert.Equal(expected, line.StartsWith("priority", StringComparison.Ordinal) ? instance.Priority : instance.DownTimerAdverts);
        Assert.Equal(isReported, result.Diagnostics.HasErrors);
    }

    [Theory]
    [InlineData("5", 5_000_000, null)]
    [InlineData("5.", 5_000_000, null)]
    [InlineData(".5", 500_000, null)]
    [InlineData("\"\"", 0, null)]
    [InlineData("0.000001", 1, null)]
    [InlineData("1.1234565", 1_123_457, "KA0305")]
    [InlineData("1.1234564", 1_123_456, "KA0305")]
    [InlineData("5s", 5, "KA0304")]
    [InlineData("1.5s", 0, "KA0304")]
    [InlineData("1.2.3", 0, "KA0304")]
    [InlineData("-1", 0, "KA0302")]
    [InlineData("1000.000001", 0, "KA0303")]
    [InlineData(".", 0, "KA0302")]
    public void Decimal_is_read_as_keepalived_reads_it(string value, long microseconds, string? code)
    {
        LoadResult result = ConfigText.Load(ConfigText.File($"preempt_delay {value}"));
        Assert.Equal(microseconds, result.Configuration.VrrpInstances[0].PreemptDelay.WholeMicroseconds);
        Assert.Equal(code, result.Diagnostics.SingleOrDefault()?.Code);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("true", true)]
    [InlineData("on", true)]
    [InlineData("yes", true)]
    [InlineData("false", false)]
    [InlineData("off", false)]
    [InlineData("no", false)]
    public void Boolean_words_are_understood(string word, bool expected)
        => Assert.Equal(expected, ConfigText.Instance($"lower_prio_no_advert {word}").LowerPriorityNoAdvert);

    [Theory]
    [InlineData("True")]
    [InlineData("1")]
    [InlineData("\"\"")]
    public void Boolean_other_words_are_refused(string word)
        => Assert.Equal(["KA0306"], ConfigText.Codes(ConfigText.Load(ConfigText.File($"lower_prio_no_advert {word}"))));

    [Fact]
    public void Virtual_address_options_arrive_in_the_model()
    {
        VirtualAddress a = ConfigText.Instance(
            "", addresses: "192.0.2.100/24 dev eth1 scope link brd + label eth1:v home -nodad mngtmpaddr noprefixroute autojoin no_track preferred_lft 60")
            .VirtualAddresses[0];
        Assert.Equal(new IpPrefix(IpAddress.Parse("192.0.2.100"), 24), a.Address);
        Assert.Equal(("eth1", (byte)253, "eth1:v"), (a.Device, a.Scope.Value, a.Label));
        Assert.Equal(IpAddress.Parse("192.0.2.255"), a.BroadcastAddress);
        Assert.True(a is { Home: true, DuplicateAddressDetection: true, ManageTemporaryAddresses: true, NoPrefixRoute: true, AutoJoin: true, NoTrack: true });
        Assert.Equal(new Lifetime(60), a.PreferredLifetime);
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1/32")]
    [InlineData("192.0.2.1/0", "192.0.2.1/0")]
    [InlineData("192.0.2.1/33", "192.0.2.1/32")]
    [InlineData("192.0.2.1/x", "192.0.2.1/32")]
    [InlineData("192.0.2.1/", "192.0.2.1/32")]
    [InlineData("fe80::1", "fe80::1/128")]
    [InlineData("fe80::1/64", "fe80::1/64")]
    [InlineData("fe80::1/129", "fe80::1/128")]
    public void Virtual_address_prefix_length_defaults_to_a_host(string word, string expected)
        => Assert.Equal(expected, ConfigText.Instance("", addresses: word).VirtualAddresses[0].Address.ToString());

    [Theory]
    [InlineData("192.0.2.77/24 brd +", "192.0.2.255")]
    [InlineData("192.0.2.77/24 brd -", "192.0.2.0")]
    [InlineData("192.0.2.77/24 broadcast 192.0.2.99", "192.0.2.99")]
    [InlineData("192.0.2.77/30 brd +", "192.0.2.79")]
    [InlineData("192.0.2.77/31 brd +", "(none)")]
    [InlineData("192.0.2.77 brd +", "(none)")]
    [InlineData("192.0.2.77/0 brd +", "255.255.255.255")]
    [InlineData("192.0.2.77/24", "(none)")]
    public void Broadcast_is_made_from_the_prefix(string line, string expected)
        => Assert.Equal(expected, ConfigText.Instance("", addresses: line).VirtualAddresses[0].BroadcastAddress.ToString());

    [Theory]
    [InlineData("global", 0)]
    [InlineData("site", 200)]
    [InlineData("nowhere", 255)]
    [InlineData("17", 17)]
    [InlineData("0x11", 17)]
    [InlineData("021", 17)]
    public void Scope_is_a_name_or_a_number(string word, byte expected)
        => Assert.Equal(expected, ConfigText.Instance("", addresses: $"192.0.2.1 scope {word}").VirtualAddresses[0].Scope.Value);

    [Theory]
    [InlineData("192.0.2.1 label this_is_too_long_")]
    [InlineData("192.0.2.1 dev this_is_too_long_")]
    [InlineData("192.0.2.1 dev")]
    [InlineData("192.0.2")]
    public void Virtual_address_line_that_cannot_be_used_is_dropped(string line)
        => Assert.Equal("192.0.2.9/32", Assert.Single(ConfigText.Instance("", addresses: $"{line}\n192.0.2.9").VirtualAddresses).Address.ToString());

    [Theory]
    [InlineData("", OldUnicastChecksum.Detect)]
    [InlineData("old_unicast_checksum", OldUnicastChecksum.Always)]
    [InlineData("old_unicast_checksum never", OldUnicastChecksum.Never)]
    public void Optional_choice_alone_has_its_own_meaning(string line, OldUnicastChecksum expected)
        => Assert.Equal(expected, ConfigText.Instance(line).OldUnicastChecksum);

    [Fact]
    public void Spans_tell_what_was_given_and_where()
    {
        LoadResult result = ConfigText.Load(ConfigText.File("priority 120\nnopreempt"));
        VrrpInstanceBlock instance = result.Configuration.VrrpInstances[0];
        Assert.Equal("keepalived.conf:7:10", result.Sources.Locate(instance.Spans.Priority).ToString());
        Assert.Equal("keepalived.conf:8:1", result.Sources.Locate(instance.Spans.PreemptMode).ToString());
        Assert.Equal("keepalived.conf:4:15", result.Sources.Locate(instance.Spans.Name).ToString());
        Assert.Equal("keepalived.conf:10:1", result.Sources.Locate(instance.VirtualAddresses[0].Spans.Line).ToString());
        Assert.False(instance.Spans.AdvertisementInterval.IsGiven);
    }

    [Fact]
    public void Repeated_keyword_the_last_one_counts_and_both_places_are_named()
    {
        LoadResult result = ConfigText.Load(ConfigText.File("priority 120\npriority 121"));
        Assert.Equal(121, result.Configuration.VrrpInstances[0].Priority);
        Diagnostic only = Assert.Single(result.Diagnostics);
        Assert.Equal(Severity.Warning, only.Severity);
        Assert.Equal("keepalived.conf:7:10", Assert.Single(only.Related).Location.ToString());
    }

    // The blocks whose values are compared one by one; those of the others are compared in the effective configuration.
    private static readonly string[] s_storedPaths = ["vrrp_instance", "vrrp_instance/unicast_peer/<line>"];

    // The sample of the keyword table with another number.
    private static string FileBySample(string path, string word, string value)
    {
        (string block, KeywordRow row) = KeywordTableTests.FindFor(path, word);
        string sample = Regex.Replace(row.Good!, $"(^|[\\s]){Regex.Escape(word)}( [-+0-9.]+)?(?= |$)", $"$1{word} {value}", RegexOptions.Multiline);
        return KeywordTableTests.Fill(KeywordContext.For(block)!, row, sample, out _);
    }

    private static string FileWith(string path, string line) => path switch
    {
        "global_defs" => $"global_defs {{\n{line}\n}}\n",
        "vrrp_instance" => ConfigText.File(line.Contains("timer_", StringComparison.Ordinal) || line.StartsWith("thread_timer", StringComparison.Ordinal) ? $"nopreempt\n{line}" : line).Replace(line.StartsWith("virtual_router_id", StringComparison.Ordinal) ? "virtual_router_id 51\n" : "\0", "", StringComparison.Ordinal),
        "vrrp_instance/unicast_peer/<line>" => ConfigText.File($"unicast_peer {{\n192.0.2.2 {line}\n}}"),
        _ => throw new NotSupportedException(path),
    };

    private static WordSchema SchemaOf(string path, string word)
        => Configuration.Schema.Walk().Single(b => b.Path == path).Block.Words.Single(w => w.Word == word);

    // Seconds with decimals are microseconds in the table, so that both sides are whole numbers.
    private static long Scaled(string value, int decimals) => (long)(decimal.Parse(value, CultureInfo.InvariantCulture) * (decimals == 6 ? 1_000_000 : 1));

    private static long? Stored(LoadResult result, string path, string word)
    {
        object block = path switch
        {
            "global_defs" => result.Configuration.GlobalDefs,
            "vrrp_instance" => result.Configuration.VrrpInstances[0],
            _ => result.Configuration.VrrpInstances[0].UnicastPeers[0],
        };
        WordSchema schema = SchemaOf(path, word);
        object? stored = block.GetType().GetProperty(schema.Property!, BindingFlags.Public | BindingFlags.Instance)!.GetValue(block);
        return (stored, word) switch
        {
            // Normalised: zero repetitions become one, intervals are rounded, unicast_ttl needs peers.
            (uint repeat, _) when word.EndsWith("master_repeat", StringComparison.Ordinal) || word.EndsWith("refresh_repeat", StringComparison.Ordinal) => repeat == 1 && result.Diagnostics.HasErrors ? 0 : repeat,
            (_, "advert_int") => result.Diagnostics.HasErrors ? 10_000 : ((Duration)stored!).WholeMicroseconds,
            (null, "unicast_ttl") => Scaled(result.Sources.Files.Count == 1 ? TtlOf(result) : "", 0),
            (Duration duration, _) => schema.Decimals == 6 ? duration.WholeMicroseconds : duration.WholeSeconds,
            _ => Convert.ToInt64(stored, CultureInfo.InvariantCulture),
        };
    }

    private static string TtlOf(LoadResult result)
    {
        VrrpInstanceBlock instance = result.Configuration.VrrpInstances[0];
        string text = System.Text.Encoding.UTF8.GetString(result.Sources.Files[0].Content);
        return text.Substring(instance.Spans.UnicastTtl.Position - 1, instance.Spans.UnicastTtl.Length);
    }
}
