using System.Buffers;
using System.Text;

namespace KeepalivedAot.Daemon.Metrics;

/// <summary>The head of an HTTP request (RFC 9112), checked strictly: what it asks for, or with which status it is refused.</summary>
/// <param name="Status">200, or 400, 404, 405, 505.</param>
/// <param name="IsHead">Only the head of the answer is wanted.</param>
/// <param name="IsChunked">Of HTTP/1.1: the answer's end can be told from a connection that broke.</param>
/// <param name="WantsOpenMetrics">Rather than Prometheus's older format.</param>
internal readonly record struct MetricsRequest(int Status, bool IsHead, bool IsChunked, bool WantsOpenMetrics)
{
    /// <summary>Whoever has more to say has no need of metrics.</summary>
    public const int LongestHead = 8192;

    private const int HighestQuality = 1000;
    private const int LowestDigit = '0';

    // RFC 9110, 5.6.2
    private static readonly SearchValues<byte> TokenBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <param name="head">With the empty line that ends it.</param>
    public static MetricsRequest Parse(ReadOnlySpan<byte> head)
    {
        ReadOnlySpan<byte> rest = head;
        if (!TryTakeLine(ref rest, out ReadOnlySpan<byte> line) || !TrySplit(line, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> target, out ReadOnlySpan<byte> version))
            return Refused(400);
        if (version.Length != 8 || !version.StartsWith("HTTP/"u8) || !IsDigit(version[5]) || version[6] != '.' || !IsDigit(version[7]))
            return Refused(400);
        if (version[5] != '1')
            return Refused(505);
        bool isHead = method.SequenceEqual("HEAD"u8);
        bool hasBody = false;
        int hosts = 0;
        int openMetrics = 0;
        (int Quality, int Precision) text = default;
        while (true)
        {
            // Without an empty line at its end the head is no head.
            if (!TryTakeLine(ref rest, out line))
                return Refused(400);
            if (line.IsEmpty)
                break;
            int colon = line.IndexOf((byte)':');
            if (colon <= 0 || line[..colon].ContainsAnyExcept(TokenBytes))
                return Refused(400);
            ReadOnlySpan<byte> name = line[..colon];
            ReadOnlySpan<byte> value = line[(colon + 1)..].Trim(" \t"u8);
            if (Ascii.EqualsIgnoreCase(name, "Host"u8))
                hosts++;
            else if (Ascii.EqualsIgnoreCase(name, "Accept"u8))
                Weigh(value, ref openMetrics, ref text);
            else if (Ascii.EqualsIgnoreCase(name, "Transfer-Encoding"u8))
                hasBody = true;
            else if (Ascii.EqualsIgnoreCase(name, "Content-Length"u8))
                hasBody |= !value.SequenceEqual("0"u8);
        }
        if (hosts > 1 || (hosts == 0 && version[7] != '0'))
            return Refused(400);
        if (!isHead && !method.SequenceEqual("GET"u8))
            return Refused(405);
        if (hasBody)
            return Refused(400);
        if (!IsMetrics(target))
            return Refused(404) with { IsHead = isHead };
        return new MetricsRequest(200, isHead, version[7] != '0', openMetrics > 0 && openMetrics >= text.Quality);
    }

    private static MetricsRequest Refused(int status) => new(status, false, false, false);

    // What ends with CRLF; no other control characters than tabs, and no line that continues another one.
    private static bool TryTakeLine(ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> line)
    {
        line = rest;
        int end = rest.IndexOf("\r\n"u8);
        if (end < 0)
            return false;
        foreach (byte one in rest[..end])
        {
            if (one is < 0x20 and not (byte)'\t' or 0x7F)
                return false;
        }
        line = rest[..end];
        rest = rest[(end + 2)..];
        return true;
    }

    private static bool TrySplit(ReadOnlySpan<byte> line, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> target, out ReadOnlySpan<byte> version)
    {
        method = target = version = default;
        int first = line.IndexOf((byte)' ');
        int last = line.LastIndexOf((byte)' ');
        if (first <= 0 || last <= first + 1)
            return false;
        method = line[..first];
        target = line[(first + 1)..last];
        version = line[(last + 1)..];
        return !method.ContainsAnyExcept(TokenBytes) && !target.ContainsAny((byte)' ', (byte)'\t');
    }

    // In the form of a proxy, too, as every server has to take it (RFC 9112, 3.2.2).
    private static bool IsMetrics(ReadOnlySpan<byte> target)
    {
        ReadOnlySpan<byte> scheme = "http://"u8;
        if (target.Length > scheme.Length && Ascii.EqualsIgnoreCase(target[..scheme.Length], scheme))
        {
            target = target[scheme.Length..];
            int slash = target.IndexOf((byte)'/');
            target = slash < 0 ? "/"u8 : target[slash..];
        }
        int query = target.IndexOf((byte)'?');
        return (query < 0 ? target : target[..query]).SequenceEqual("/metrics"u8);
    }

    // RFC 9110, 12.5.1: of the range that fits best the weight counts.
    private static void Weigh(ReadOnlySpan<byte> accept, ref int openMetrics, ref (int Quality, int Precision) text)
    {
        while (!accept.IsEmpty)
        {
            int comma = accept.IndexOf((byte)',');
            ReadOnlySpan<byte> range = comma < 0 ? accept : accept[..comma];
            accept = comma < 0 ? default : accept[(comma + 1)..];
            int semicolon = range.IndexOf((byte)';');
            ReadOnlySpan<byte> type = (semicolon < 0 ? range : range[..semicolon]).Trim(" \t"u8);
            if (!TryReadParameters(semicolon < 0 ? default : range[(semicolon + 1)..], out int quality, out bool isOurVersion))
                continue;
            int precision = Ascii.EqualsIgnoreCase(type, "text/plain"u8) ? 3 : Ascii.EqualsIgnoreCase(type, "text/*"u8) ? 2 : type.SequenceEqual("*/*"u8) ? 1 : 0;
            if (Ascii.EqualsIgnoreCase(type, "application/openmetrics-text"u8) && isOurVersion)
                openMetrics = Math.Max(openMetrics, quality);
            else if (precision > text.Precision || (precision > 0 && precision == text.Precision && quality > text.Quality))
                text = (quality, precision);
        }
    }

    // A version other than that of OpenMetrics 1.0 is one that we do not have.
    private static bool TryReadParameters(ReadOnlySpan<byte> rest, out int quality, out bool isOurVersion)
    {
        quality = HighestQuality;
        isOurVersion = true;
        while (!rest.IsEmpty)
        {
            int semicolon = rest.IndexOf((byte)';');
            ReadOnlySpan<byte> parameter = (semicolon < 0 ? rest : rest[..semicolon]).Trim(" \t"u8);
            rest = semicolon < 0 ? default : rest[(semicolon + 1)..];
            int equals = parameter.IndexOf((byte)'=');
            if (equals < 0)
                continue;
            ReadOnlySpan<byte> value = parameter[(equals + 1)..].Trim("\""u8);
            if (Ascii.EqualsIgnoreCase(parameter[..equals], "version"u8))
                isOurVersion = value.SequenceEqual("1.0.0"u8);
            else if (Ascii.EqualsIgnoreCase(parameter[..equals], "q"u8) && !TryReadQuality(value, out quality))
                return false;
        }
        return true;
    }

    // 0 to 1 with at most three decimals, as thousandths.
    private static bool TryReadQuality(ReadOnlySpan<byte> text, out int quality)
    {
        quality = 0;
        if (text.IsEmpty || text.Length > 5 || text[0] is not ((byte)'0' or (byte)'1') || (text.Length > 1 && text[1] != '.'))
            return false;
        quality = (text[0] - LowestDigit) * HighestQuality;
        int unit = HighestQuality / 10;
        foreach (byte digit in text.Length > 2 ? text[2..] : default)
        {
            if (!IsDigit(digit))
                return false;
            quality += (digit - LowestDigit) * unit;
            unit /= 10;
        }
        return quality <= HighestQuality;
    }

    private static bool IsDigit(byte one) => one is >= (byte)'0' and <= (byte)'9';
}
