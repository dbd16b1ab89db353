using System.Text;
using KeepalivedAot.Daemon.Metrics;

namespace KeepalivedAot.Tests.Unit.Daemon.Metrics;

/// <summary>Heads of HTTP requests: what is answered, and what is refused.</summary>
public sealed class MetricsRequestTests
{
    private const string Prometheus =
        "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1";

    private static MetricsRequest Parse(string head) => MetricsRequest.Parse(Encoding.Latin1.GetBytes(head));

    [Theory]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: r1\r\n\r\n", false, true)]
    [InlineData("GET /metrics?a=b HTTP/1.1\r\nHost: r1:9650\r\nUser-Agent: x\r\n\r\n", false, true)]
    [InlineData("GET http://r1:9650/metrics HTTP/1.1\r\nHost: r1\r\n\r\n", false, true)]
    [InlineData("HEAD /metrics HTTP/1.1\r\nhOST:\tr1\t\r\n\r\n", true, true)]
    [InlineData("GET /metrics HTTP/1.0\r\n\r\n", false, false)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: r1\r\nContent-Length: 0\r\n\r\n", false, true)]
    public void Request_forMetrics_isAnswered(string head, bool isHead, bool isChunked)
        => Assert.Equal(new MetricsRequest(200, isHead, isChunked, false), Parse(head));

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: r1\r\n\r\n", 404)]
    [InlineData("GET /metrics/ HTTP/1.1\r\nHost: r1\r\n\r\n", 404)]
    [InlineData("GET /metricsx HTTP/1.1\r\nHost: r1\r\n\r\n", 404)]
    [InlineData("GET http://r1 HTTP/1.1\r\nHost: r1\r\n\r\n", 404)]
    [InlineData("GET metrics HTTP/1.1\r\nHost: r1\r\n\r\n", 404)]
    [InlineData("POST /metrics HTTP/1.1\r\nHost: r1\r\nContent-Length: 5\r\n\r\n", 405)]
    [InlineData("get /metrics HTTP/1.1\r\nHost: r1\r\n\r\n", 405)]
    [InlineData("GET /metrics HTTP/2.0\r\nHost: r1\r\n\r\n", 505)]
    [InlineData("GET /metrics HTTP/0.9\r\n\r\n", 505)]
    [InlineData("GET /metrics HTTP/1.1\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\r\nContent-Length: 12\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost : a\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\r\n folded\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\n: a\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nnonsense\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\nX: b\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1\r\nHost: a\0\r\n\r\n", 400)]
    [InlineData("GET /metrics  HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET  /metrics HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/1.1 \r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /metrics HTTP/11\r\nHost: a\r\n\r\n", 400)]
    [InlineData("GET /metrics\r\n\r\n", 400)]
    [InlineData(" GET /metrics HTTP/1.1\r\n\r\n", 400)]
    [InlineData("\r\nGET /metrics HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("G\u00C9T /metrics HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [InlineData("", 400)]
    [InlineData("\r\n\r\n", 400)]
    public void Request_forSomethingElse_isRefused(string head, int status) => Assert.Equal(status, Parse(head).Status);

    [Theory]
    [InlineData(Prometheus, true)]
    [InlineData("application/openmetrics-text", true)]
    [InlineData("APPLICATION/OpenMetrics-Text; version=\"1.0.0\"; charset=utf-8", true)]
    [InlineData("application/openmetrics-text;version=0.0.1", false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0", false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.4,text/plain;q=0.5", false)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.5", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=0.3,*/*;q=0.8,text/plain;q=0.2", true)]
    [InlineData("application/openmetrics-text;version=1.0.0;q=2", false)]
    [InlineData("text/plain", false)]
    [InlineData("*/*", false)]
    [InlineData("", false)]
    [InlineData(";;,,;q=,=;q=1.0000", false)]
    public void Format_isTheOneThatIsLikedBest(string accept, bool isOpenMetrics)
        => Assert.Equal(new MetricsRequest(200, false, true, isOpenMetrics), Parse($"GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: {accept}\r\n\r\n"));

    [Fact]
    public void Format_ofSeveralLines_countsThemTogether()
        => Assert.True(Parse("GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: text/plain;q=0.5\r\nAccept: application/openmetrics-text;q=0.6\r\n\r\n").WantsOpenMetrics);

    [Fact]
    public void Request_ofAnyLength_isRefusedOrAnswered_withoutHarm()
    {
        byte[] head = Encoding.ASCII.GetBytes($"GET /metrics HTTP/1.1\r\nHost: r1\r\nAccept: {Prometheus}\r\n\r\n");
        for (int length = 0; length < head.Length; length++)
            Assert.Equal(400, MetricsRequest.Parse(head.AsSpan(0, length)).Status);
        Random random = new(1);
        for (int run = 0; run < 20_000; run++)
        {
            byte[] damaged = [.. head];
            for (int i = random.Next(4); i >= 0; i--)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Assert.Contains(MetricsRequest.Parse(damaged).Status, (int[])[200, 400, 404, 405, 505]);
        }
    }
}
