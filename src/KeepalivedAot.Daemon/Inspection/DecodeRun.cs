using KeepalivedAot.Config;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Checks;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Capture;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary><c>decode</c>: what is in a capture file, packet by packet.</summary>
public static class DecodeRun
{
    /// <summary>All of it would be accepted.</summary>
    public const int Clean = 0;

    /// <summary>Something would not be, or there is no VRRP, or the file is damaged.</summary>
    public const int Findings = 1;

    /// <summary>A file cannot be read, or is none of ours.</summary>
    public const int Unusable = 2;

    private const string CredentialsDirectory = "CREDENTIALS_DIRECTORY";

    /// <param name="path">- is standard input.</param>
    /// <param name="configuration">Null: packets are judged by what they say of themselves.</param>
    public static int Run(string path, string? configuration, bool isJson)
    {
        if (JudgeFor(configuration) is not { } judge)
            return Unusable;
        InputStream? input = null;
        OsError failure = default;
        if (path == HostCheck.StandardInput)
            input = InputStream.OpenStandardInput();
        else
            failure = InputStream.Open(path, out input);
        if (input is null)
            return Fail($"decode: {failure}");
        using (input)
            return Decode(input, path, judge, isJson);
    }

    private static int Decode(InputStream input, string path, VrrpJudge judge, bool isJson)
    {
        CaptureDecoder decoder = new(input, judge);
        while (decoder.Next() is { } report)
        {
            // Standard input may have no end.
            if (!(isJson ? StandardStreams.WriteOutput(report.ToJson()) : StandardStreams.WriteOutput(report.ToText())))
                return Findings;
        }
        if (input.Failure.IsError)
            return Fail($"decode: {input.Failure}");
        if (decoder.End == CaptureResult.Malformed)
        {
            StandardStreams.WriteError($"decode: {path}: {decoder.Problem}\n");
            if (decoder.FrameCount == 0)
                return Unusable;
        }
        else if (decoder.End == CaptureResult.Truncated)
        {
            StandardStreams.WriteError($"decode: {path}: the file ends within a frame, behind frame {decoder.FrameCount}\n");
        }
        if (!isJson)
        {
            StandardStreams.WriteOutput(
                $"{decoder.FrameCount} frames, {decoder.PacketCount} of VRRP: {decoder.AcceptedCount} accepted, {decoder.PacketCount - decoder.AcceptedCount} not\n");
        }
        return decoder is { End: CaptureResult.End, PacketCount: > 0 } && decoder.AcceptedCount == decoder.PacketCount ? Clean : Findings;
    }

    private static VrrpJudge? JudgeFor(string? path)
    {
        if (path is null)
            return new VrrpJudge();
        IConfigFiles files = new HostConfigFiles();
        LoadResult read = HostCheck.LoadAlone(path, files, new DaemonOptions(), others: 0);
        new KeyFiles(new HostFiles(), files.GetVariable(CredentialsDirectory)).Run(read.Configuration, read.Diagnostics);
        if (!read.CanRun)
        {
            StandardStreams.WriteError(new DiagnosticRenderer(read.Sources).Render(read.Diagnostics));
            return null;
        }
        if (read.Diagnostics.Any(static found => found.Severity == Severity.Error))
            StandardStreams.WriteError($"decode: {path} has mistakes, which 'keepalived-aot check {path}' tells; what was understood of it is used\n");
        VrrpJudge judge = new(read.Configuration.VrrpInstances);
        foreach (VrrpInstanceBlock instance in read.Configuration.VrrpInstances)
            instance.WipeSecrets();
        read.Sources.Wipe();
        return judge;
    }

    private static int Fail(string text)
    {
        StandardStreams.WriteError($"{text}\n");
        return Unusable;
    }
}
