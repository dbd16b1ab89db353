using System.Text;
using System.Text.Json;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Daemon.Alerts;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Daemon.Control;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Metrics;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Mail;
using KeepalivedAot.Tracking.Files;

namespace KeepalivedAot.Tests.Fuzz.Targets;

/// <summary>Lines and small files of others: requests, replies, what trackers look at.</summary>
internal static class TextTargets
{
    public static IEnumerable<FuzzTarget> All =>
    [
        new("control", "a request on the control socket", Control, ControlSeeds),
        new("http", "the head of a request for metrics", Http, static () => ["GET /metrics HTTP/1.1\r\nHost: a\r\nAccept: application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2\r\n\r\n"u8.ToArray()]),
        new("smtp", "replies of a mail server, in pieces", Smtp, static () => ["220 mail ESMTP\r\n250-mail\r\n250-AUTH PLAIN LOGIN\r\n250 STARTTLS\r\n354 go\r\n"u8.ToArray()]),
        new("tracked-file", "the number in a tracked file", Number, static () => ["-12\n"u8.ToArray(), "0x1f"u8.ToArray(), "2147483647 x"u8.ToArray()]),
        new("address-text", "addresses as people write them", Addresses, static () => ["192.0.2.1"u8.ToArray(), "2001:db8::1:2"u8.ToArray(), "::ffff:192.0.2.1"u8.ToArray()]),
        new("hosts", "/etc/hosts", Hosts, static () => ["127.0.0.1 localhost\n192.0.2.5\tmail # it\n::1 ip6\n"u8.ToArray()]),
        new("accounts", "/etc/passwd and /etc/group", Accounts, static () => ["root:x:0:0:root:/root:/bin/sh\nbob:x:1000:1000::/:\nweb:x:33:bob\n"u8.ToArray()]),
        new("reload-time", "the file of reload_time_file", Time, static () => ["12:30:00Z\n"u8.ToArray(), "2026-11-30 12:30:00"u8.ToArray()]),
    ];

    private static void Control(byte[] input)
    {
        bool isOne = ControlRequest.TryParse(input, out ControlRequest? request, out string problem);
        Promise.Require(isOne == request is not null && isOne == (problem.Length == 0), "a request is taken, or refused with words");
        Promise.IsPrintable(problem);
        Promise.Require(request?.Seconds is null or > 0 and <= ControlRequest.LongestSeconds, "a time is within its bounds");
        Promise.Require(request?.Amount is null or >= -254 and <= 254, "an amount is within its bounds");
        Promise.Require(request?.Reason is null || (request.Reason.Length <= ControlRequest.LongestReason && !request.Reason.Any(char.IsControl)), "a reason is a line");
    }

    private static IEnumerable<byte[]> ControlSeeds()
    {
        foreach (ControlVerbRow row in ControlVerbs.Rows)
        {
            using MemoryStream text = new();
            using (Utf8JsonWriter writer = new(text))
            {
                writer.WriteStartObject();
                writer.WriteString("verb", row.Name);
                foreach (string field in row.Fields)
                {
                    if (field is "seconds" or "amount")
                        writer.WriteNumber(field, 60);
                    else if (field is "on" or "follow" or "json")
                        writer.WriteBoolean(field, true);
                    else
                        writer.WriteString(field, "VI_1");
                }
                writer.WriteEndObject();
            }
            yield return text.ToArray();
        }
    }

    private static void Http(byte[] input)
    {
        Promise.ReadsNothingBehind(input, static head =>
        {
            MetricsRequest request = MetricsRequest.Parse(head);
            Promise.Require(request.Status is 200 or 400 or 404 or 405 or 505, "a request has one of five answers");
            Promise.Require(request.Status == 200 || !request.WantsOpenMetrics, "what is refused wants nothing");
            return request.ToString();
        });
    }

    // However a server cuts them, its replies are the same.
    private static void Smtp(byte[] input) => Promise.Equal(Replies(input, input.Length), Replies(input, 1), "the pieces change nothing");

    private static string Replies(byte[] input, int piece)
    {
        SmtpReplyReader reader = new();
        StringBuilder text = new();
        for (int at = 0; at < input.Length; at += piece)
        {
            ReadOnlySpan<byte> rest = input.AsSpan(at, Math.Min(piece, input.Length - at));
            while (!rest.IsEmpty)
            {
                SmtpReplyStatus status = reader.Read(ref rest, out SmtpReply reply);
                if (status == SmtpReplyStatus.Incomplete)
                    break;
                text.Append(status);
                if (status != SmtpReplyStatus.Complete)
                    return text.ToString();
                Promise.Require(reply.Code is >= 200 and <= 599 && reply.Lines.Length > 0, "a reply has a code and lines");
                Promise.IsPrintable(reply.ToString());
                text.Append(reply).Append('\n');
            }
        }
        return text.ToString();
    }

    private static void Number(byte[] input) => Promise.ReadsNothingBehind(input, static content => FileNumber.TryParse(content, out int value) ? $"{value}" : "none");

    private static void Addresses(byte[] input)
    {
        string text = Encoding.UTF8.GetString(input);
        if (!IpAddress.TryParse(text, out IpAddress address))
            return;
        Promise.Require(IpAddress.TryParse(address.ToString(), out IpAddress again), $"{address} can be read");
        Promise.Equal(address, again, "an address is written so that it is read as the same");
        Promise.Require(System.Net.IPAddress.TryParse(text, out System.Net.IPAddress? other), $"'{text}' is an address for others, too");
        byte[] bytes = new byte[address.Length];
        address.CopyTo(bytes);
        Promise.SameBytes(other!.GetAddressBytes(), bytes, "it is the same address for others");
    }

    private static void Hosts(byte[] input)
    {
        foreach (string name in (string[])["mail", "localhost", "", "#"])
            _ = HostsFile.TryFind(input, name, out _);
    }

    private static void Accounts(byte[] input)
    {
        HostAccounts accounts = new(new OneHostFile(input));
        foreach (string name in (string[])["root", "bob", ""])
        {
            foreach (string? group in (string?[])[null, ":", ":web", "web", ""])
                _ = accounts.Resolve(name, group, out _);
        }
        _ = accounts.GroupNumber("web");
        _ = accounts.UserName(1000) + accounts.GroupName(33);
    }

    private static void Time(byte[] input)
    {
        if (!ReloadTime.TryParse(input, 1_795_371_943, static _ => 3600, out ReloadTime time))
            return;
        Promise.Require(time.HasDate || time.UnixSeconds >= 1_795_371_943, "a time without a date is still to come");
    }

    private sealed class OneHostFile(byte[] content) : IHostFiles
    {
        public OsError TryLook(string path, out FileStatus found)
        {
            found = default;
            return new OsError("stat", path, Errno.ENOENT);
        }

        public OsError TryLookThrough(string path, out FileStatus found) => TryLook(path, out found);

        public OsError TryReadLink(string path, out string target)
        {
            target = "";
            return new OsError("readlink", path, Errno.ENOENT);
        }

        public OsError TryReadStart(string path, int length, out byte[] start)
        {
            start = content;
            return OsError.None;
        }
    }
}
