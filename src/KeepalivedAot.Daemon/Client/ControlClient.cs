using System.Buffers;
using System.Text.Json;
using KeepalivedAot.Base;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Sockets;

namespace KeepalivedAot.Daemon.Client;

/// <summary>A verb's side of the control socket.</summary>
public sealed class ControlClient : IDisposable
{
    // A reload of a large configuration takes a while.
    private static readonly Duration Patience = Duration.FromSeconds(60);

    private readonly LocalClient _connection;

    private ControlClient(LocalClient connection) => _connection = connection;

    /// <param name="path">The socket; null: the only one there is.</param>
    /// <param name="problem">Why there is no connection, for people.</param>
    /// <param name="isAbsent">Because no daemon is there, and not for want of a permission or the like.</param>
    public static ControlClient? Connect(string? path, out string problem, out bool isAbsent)
    {
        isAbsent = false;
        problem = "";
        if ((path ?? Find(out problem, out isAbsent)) is not { } chosen)
            return null;
        LocalClient? connection = LocalClient.Connect(chosen, Patience, out OsError failure);
        if (connection is not null)
            return new ControlClient(connection);
        isAbsent = failure.Errno is Errno.ENOENT or Errno.ECONNREFUSED;
        problem = failure.Errno switch
        {
            Errno.ENOENT or Errno.ECONNREFUSED => $"no daemon listens at {chosen}",
            Errno.EACCES => $"{failure}: root may ask the daemon, and members of the group that control.group in keepalived-aot.toml names",
            _ => failure.ToString(),
        };
        return null;
    }

    /// <summary>Sends a request: its verb, and what goes with it.</summary>
    /// <returns>Null, or what went wrong.</returns>
    public string? Send(string verb, Action<Utf8JsonWriter>? write = null)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes))
        {
            json.WriteStartObject();
            json.WriteString("verb"u8, verb);
            write?.Invoke(json);
            json.WriteEndObject();
        }
        bytes.Write("\n"u8);
        OsError failure = _connection.Send(bytes.WrittenSpan);
        return failure.IsError ? failure.ToString() : null;
    }

    /// <summary>The next line of an answer.</summary>
    /// <param name="problem">When there is none: what went wrong.</param>
    public bool TryRead(out byte[] line, out JsonElement value, out string problem)
    {
        value = default;
        problem = "";
        if (!_connection.TryReadLine(out byte[]? read, out OsError failure))
        {
            line = [];
            problem = !failure.IsError ? "the daemon has closed the connection" : failure.Errno == Errno.EAGAIN ? "the daemon does not answer" : failure.ToString();
            return false;
        }
        line = read;
        try
        {
            using JsonDocument document = JsonDocument.Parse(read);
            value = document.RootElement.Clone();
            return true;
        }
        catch (JsonException)
        {
            problem = "the daemon's answer is no JSON";
            return false;
        }
    }

    /// <summary>The next line of an answer that may take any time to come.</summary>
    public bool TryReadOrWait(out JsonElement value, out string problem)
    {
        OsError failure = _connection.WaitForEver();
        if (!failure.IsError)
            return TryRead(out _, out value, out problem);
        value = default;
        problem = failure.ToString();
        return false;
    }

    /// <summary>Asks, and takes the whole answer.</summary>
    /// <param name="take">Each line but the last; null: there are none.</param>
    public ControlResult Ask(string verb, Action<Utf8JsonWriter>? write = null, Action<byte[], JsonElement>? take = null)
    {
        // A daemon that has too many clients has answered and closed before it was asked: what it said is there to be read.
        string? unsent = Send(verb, write);
        string problem;
        while (TryRead(out byte[] line, out JsonElement value, out problem))
        {
            if (value.ValueKind != JsonValueKind.Object || !value.TryGetProperty("ok"u8, out JsonElement ok))
                take?.Invoke(line, value);
            else
                return ok.ValueKind == JsonValueKind.True ? new ControlResult(true, value.Text("text") ?? "") : new ControlResult(false, value.Text("error") ?? "refused");
        }
        return new ControlResult(false, unsent ?? problem);
    }

    /// <summary>Closes the connection.</summary>
    public void Dispose() => _connection.Dispose();

    private static string? Find(out string problem, out bool isAbsent)
    {
        problem = "";
        isAbsent = false;
        string usual = $"{RunDirectory.Common}/{StatePaths.SocketPrefix}{StatePaths.SocketSuffix}";
        if (Path.Exists(usual))
            return usual;
        List<string> found = [];
        Add(RunDirectory.Common);
        try
        {
            foreach (string directory in Directory.Exists(RunDirectory.Common) ? Directory.GetDirectories(RunDirectory.Common) : [])
                Add(directory);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Whatever cannot be listed has no socket for us either.
        }
        if (found.Count == 1)
            return found[0];
        isAbsent = found.Count == 0;
        problem = found.Count == 0
            ? $"no daemon listens at {usual}"
            : $"several daemons listen; choose one with --socket:{string.Concat(found.Order(StringComparer.Ordinal).Select(static path => $"\n  {ByteText.Show(path)}"))}";
        return null;

        void Add(string directory)
        {
            try
            {
                if (Directory.Exists(directory))
                    found.AddRange(Directory.GetFiles(directory, $"{StatePaths.SocketPrefix}*{StatePaths.SocketSuffix}"));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // As above.
            }
        }
    }
}

/// <summary>How an answer ended.</summary>
/// <param name="Text">What was done, or why not.</param>
public readonly record struct ControlResult(bool IsDone, string Text);
