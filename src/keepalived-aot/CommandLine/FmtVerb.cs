using System.CommandLine;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Formatting;
using KeepalivedAot.Daemon.Checks;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.CommandLine;

/// <summary><c>fmt</c>: configurations in the canonical layout.</summary>
internal static class FmtVerb
{
    private const int NotCanonical = 1;
    private const int Failed = 2;

    public static Command Make()
    {
        Argument<string[]> files = new("FILE")
        {
            Description = "Configurations to rewrite; - is standard input, whose layout goes to standard output",
            Arity = ArgumentArity.OneOrMore,
        };
        Option<string[]> ids = ReadingOptions.ConfigIds("Compare the meaning for this id too; the first eight that the file itself names are always compared");
        Option<bool> check = new("--check") { Description = "Change nothing; name files of another layout and exit with 1 if there are some" };
        Option<bool> diff = new("--diff") { Description = "Change nothing; print what would change, secrets masked" };
        Command verb = new("fmt", "Bring configurations into the canonical layout, what they mean unchanged") { files, ids, check, diff };
        verb.SetAction(result => Run(result.GetValue(files)!, result.GetValue(ids) ?? [], result.GetValue(check), result.GetValue(diff)));
        return verb;
    }

    /// <summary>The worst of what became of the files; each is done by itself.</summary>
    private static int Run(string[] paths, string[] ids, bool checks, bool shows)
    {
        int status = ExitCode.Success;
        foreach (string path in paths)
            status = Math.Max(status, path == HostCheck.StandardInput ? Filter(ids, checks, shows) : Format(path, ids, checks, shows));
        return status;
    }

    private static int Filter(string[] ids, bool checks, bool shows)
    {
        OsError failure = FileReader.TryReadStandardInput(HostConfigFiles.LongestFile, out byte[] content);
        if (failure.IsError)
            return Fail(failure.ToString());
        FormatResult result = ConfigurationFormatter.Format(HostCheck.StandardInputName, content, new HostConfigFiles(), ids);
        if (!result.IsFormatted || checks || shows)
            return Report(HostCheck.StandardInputName, result, checks, shows);
        StandardStreams.WriteOutput(result.Text);
        return ExitCode.Success;
    }

    private static int Format(string path, string[] ids, bool checks, bool shows)
    {
        HostConfigFiles files = new();
        if (!files.TryRead(path, out byte[]? content, out string? problem))
            return Fail($"cannot read '{path}': {problem}");
        FormatResult result = ConfigurationFormatter.Format(path, content, files, ids);
        if (!result.IsFormatted || result.IsCanonical || checks || shows)
            return Report(path, result, checks, shows);
        OsError failure = AtomicFile.Replace(path, result.Text);
        if (failure.IsError)
            return Fail($"'{path}' is as it was: {failure}");
        StandardStreams.WriteOutput($"{path}\n");
        return ExitCode.Success;
    }

    private static int Report(string path, FormatResult result, bool checks, bool shows)
    {
        if (!result.IsFormatted)
        {
            StandardStreams.WriteError(new DiagnosticRenderer(result.Diagnostics.Sources, StandardStreams.ErrorIsTerminal).Render(result.Diagnostics));
            return Failed;
        }
        if (result.IsCanonical)
            return ExitCode.Success;
        if (shows)
        {
            using OutputStream output = new();
            UnifiedDiff.Write(result, output);
        }
        else
        {
            StandardStreams.WriteOutput($"{path}\n");
        }
        return checks ? NotCanonical : ExitCode.Success;
    }

    private static int Fail(string problem)
    {
        StandardStreams.WriteError($"fmt: {problem}\n");
        return Failed;
    }
}
