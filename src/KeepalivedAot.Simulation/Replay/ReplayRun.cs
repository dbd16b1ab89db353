using System.Text;
using KeepalivedAot.Daemon.Client;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Simulation.Replay;

/// <summary>The verb <c>replay</c>.</summary>
public static class ReplayRun
{
    /// <summary>Everything is as it was recorded.</summary>
    public const int Same = 0;

    /// <summary>Nobody takes the output any more.</summary>
    public const int Cut = 1;

    /// <summary>The file cannot be read, is no record, or is damaged.</summary>
    public const int Unusable = 2;

    /// <summary>This program decides otherwise than the one that recorded.</summary>
    public const int Departed = 3;

    private const string StandardInput = "-";

    /// <param name="path">- is standard input.</param>
    public static int Run(string path, bool asJson)
    {
        InputStream? input;
        OsError failure = default;
        if (path == StandardInput)
            input = InputStream.OpenStandardInput();
        else
            failure = InputStream.Open(path, out input);
        if (input is null)
            return Fail($"replay: {failure}");
        using (input)
        {
            int status = Run(input, path, asJson);
            return input.Failure.IsError ? Fail($"replay: {input.Failure}") : status;
        }
    }

    private static int Run(Stream input, string path, bool asJson)
    {
        RecordReader reader = new(input);
        bool isTaken = true;
        Replayer replayer = new(reader, line => isTaken = isTaken && StandardStreams.WriteOutput($"{(asJson ? line : Show(line))}\n"));
        try
        {
            replayer.Run();
        }
        catch (RecordException damaged)
        {
            return Fail($"replay: {path}:{damaged.Line}: {damaged.Message}");
        }
        catch (DepartureException departure)
        {
            StandardStreams.WriteError($"replay: {path}:{departure.Line}: the run departs from the record of {replayer.Version}: {departure.Message}\n");
            return Departed;
        }
        StandardStreams.WriteError($"{reader.Count} inputs, {replayer.EventCount} events: all as recorded\n");
        return isTaken ? Same : Cut;
    }

    private static string Show(string line) => JournalReader.TryParse(Encoding.UTF8.GetBytes(line)) is { } e ? EventText.Line(e) : line;

    private static int Fail(string text)
    {
        StandardStreams.WriteError($"{text}\n");
        return Unusable;
    }
}
