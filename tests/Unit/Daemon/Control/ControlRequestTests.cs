using System.Text;
using System.Text.Json;
using KeepalivedAot.Base;
using KeepalivedAot.Daemon.Control;

namespace KeepalivedAot.Tests.Unit.Daemon.Control;

/// <summary>Reading requests, above all those that are none.</summary>
public class ControlRequestTests
{
    private static ControlRequest? Parse(string line, out string problem)
    {
        ControlRequest.TryParse(Encoding.UTF8.GetBytes(line), out ControlRequest? request, out problem);
        return request;
    }

    [Fact]
    public void Request_has_what_was_asked_for()
    {
        ControlRequest request = Parse("""{"verb":"priority","instance":"VI_1","amount":-20,"seconds":60,"reason":"try"}""", out _)!;
        Assert.Equal((ControlVerb.Priority, "VI_1", -20, 60L, "try"), (request.Verb, request.Instance, request.Amount, request.Seconds, request.Reason));
        Assert.True(Parse("""{"verb":"events","follow":true}""", out _)!.Follow);
        Assert.False(Parse("""{"on":false,"verb":"maintenance"}""", out _)!.On);
    }

    [Theory]
    [InlineData("", "no JSON at byte 0")]
    [InlineData("{", "no JSON at byte 1")]
    [InlineData("[[[[", "no JSON at byte 2")]
    [InlineData("\"status\"", "a request is an object with a 'verb'")]
    [InlineData("{\"verb\":1}", "a request is an object with a 'verb'")]
    [InlineData("{\"verb\":\"failover\"}", "'failover' needs 'instance'")]
    [InlineData("{\"verb\":\"failover\",\"instance\":null}", "'instance' is text")]
    [InlineData("{\"verb\":\"maintenance\",\"on\":\"yes\"}", "'on' is true or false")]
    [InlineData("{\"verb\":\"maintenance\",\"on\":true,\"seconds\":0}", "'seconds' is a whole number from 1 to 31622400")]
    [InlineData("{\"verb\":\"maintenance\",\"on\":true,\"seconds\":1e99}", "'seconds' is a whole number from 1 to 31622400")]
    [InlineData("{\"verb\":\"maintenance\",\"on\":true,\"reason\":\"a\\nb\"}", "'reason' is text of at most 200 characters on one line")]
    [InlineData("{\"verb\":\"priority\",\"instance\":\"a\",\"amount\":1.5}", "'amount' is a whole number from -254 to 254")]
    [InlineData("{\"verb\":\"status\",\"x\":1}", "'status' takes instance, and nothing else")]
    [InlineData("{\"verb\":\"status\",\"instance\":\"\\udc00\"}", "there is text in it that is none")]
    public void Wrong_request_is_told_what_is_wrong(string line, string expected)
    {
        Assert.Null(Parse(line, out string problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Rubbish_is_answered_and_throws_nothing()
    {
        const string Seed = """{"verb":"priority","instance":"VI_1","amount":-20,"seconds":60,"reason":"try"}""";
        Prng random = new(1);
        byte[] bytes = Encoding.UTF8.GetBytes(Seed);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] line = [.. bytes];
            for (int change = 0; change < 3; change++)
                line[random.Next(line.Length)] = (byte)random.Next(256);
            bool isRead = ControlRequest.TryParse(line.AsMemory(0, random.Next(line.Length + 1)), out ControlRequest? request, out string problem);
            Assert.Equal(isRead, request is not null);
            Assert.Equal(isRead, problem.Length == 0);
        }
    }

    [Fact]
    public void Every_verb_has_a_row_and_needs_nothing_that_it_does_not_take()
    {
        Assert.Equal(Enum.GetValues<ControlVerb>(), ControlVerbs.Rows.Select(static row => row.Verb));
        Assert.All(ControlVerbs.Rows, static row => Assert.Subset(row.Fields.ToHashSet(), row.Needed.ToHashSet()));
    }

    [Fact]
    public void Installed_schema_says_the_same()
    {
        string path = Path.Combine(Repository.Root, "rootfs/usr/share/keepalived-aot/control.schema.json");
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(path));
        JsonElement[] requests = [.. schema.RootElement.GetProperty("$defs").GetProperty("request").GetProperty("oneOf").EnumerateArray()];
        Assert.Equal(
            ControlVerbs.Rows.Select(static row => $"{row.Name}({string.Join(",", row.Fields)}) {string.Join(",", row.Needed)} {row.Changes}"),
            requests.Select(static request =>
            {
                JsonElement properties = request.GetProperty("properties");
                string fields = string.Join(",", properties.EnumerateObject().Select(static it => it.Name).Where(static it => it != "verb"));
                string needed = string.Join(",", request.GetProperty("required").EnumerateArray().Select(static it => it.GetString()).Where(static it => it != "verb"));
                bool changes = request.GetProperty("description").GetString()!.StartsWith("Root only.", StringComparison.Ordinal);
                return $"{properties.GetProperty("verb").GetProperty("const").GetString()}({fields}) {needed} {changes}";
            }));
    }
}
