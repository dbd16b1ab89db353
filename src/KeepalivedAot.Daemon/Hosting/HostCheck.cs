using System.Diagnostics.CodeAnalysis;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Reads configurations for whoever only wants to know what is wrong with them.</summary>
public static class HostCheck
{
    /// <summary>Standard input in place of a path.</summary>
    public const string StandardInput = "-";

    /// <summary>How a finding names it.</summary>
    public const string StandardInputName = "<stdin>";

    /// <summary>By itself: neither rights nor interfaces are needed, so that it can be done on another machine.</summary>
    public static LoadResult LoadAlone(string path) => ConfigurationLoader.Load(Named(path), FilesFor(path), HostLoading.OfAnotherHost);

    /// <summary>With what only this host knows; null when it does not tell, as for want of rights, and why in <paramref name="problem"/>.</summary>
    public static LoadResult? LoadForHost(string path, out string problem)
    {
        LoadResult? result = ConfigurationTest.Read(Named(path), FilesFor(path), HostLoading.Usual, out OsError failure, lints: true);
        problem = result is null ? failure.ToString() : "";
        return result;
    }

    private static string Named(string path) => path == StandardInput ? StandardInputName : path;

    private static IConfigFiles FilesFor(string path)
        => path == StandardInput ? new StandardInputFiles(new HostConfigFiles()) : new HostConfigFiles();

    // What standard input includes are files.
    private sealed class StandardInputFiles(IConfigFiles others) : IConfigFiles
    {
        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
        {
            if (path != StandardInputName)
                return others.TryRead(path, out content, out problem);
            OsError failure = FileReader.TryReadStandardInput(HostConfigFiles.LongestFile, out content);
            problem = failure.IsError ? ErrnoText.Of(failure.Errno) : null;
            return problem is null;
        }

        public ConfigFileKind Inspect(string path) => path == StandardInputName ? ConfigFileKind.File : others.Inspect(path);

        public IReadOnlyList<string>? List(string directory) => others.List(directory);

        public string? GetVariable(string name) => others.GetVariable(name);
    }
}
