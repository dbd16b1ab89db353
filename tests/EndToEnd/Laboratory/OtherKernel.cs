namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>A kernel of its own for one script, in User Mode Linux: for what this machine's kernel lacks.</summary>
internal static class OtherKernel
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(150);

    /// <summary>The program <c>uml-run</c>: environment variable UML_RUN, or beside the repository, where the project keeps its laboratory.</summary>
    private static string? Program { get; } = ((string?[])[Environment.GetEnvironmentVariable("UML_RUN"), Path.Combine(Binaries.Repository, "..", "shared", "lab", "uml-run")])
        .FirstOrDefault(static path => File.Exists(path));

    /// <summary>Runs a bash script as root; $KA is the published program, $STOCK keepalived.</summary>
    /// <param name="modules">To be loaded first, separated by commas.</param>
    /// <returns>What it wrote.</returns>
    public static string Run(string modules, string script)
    {
        Assert.SkipWhen(Program is null, "needs uml-run: set UML_RUN");
        string[] command =
        [
            "-t", "120", "-k", modules, "--", "env", $"KA={Binaries.PathOf(Implementation.Ours)}", $"STOCK={Binaries.PathOf(Implementation.Stock)}",
            "bash", "-uc", script,
        ];
        CommandResult result = Shell.Try(Program!, command, s_limit);
        return result.ExitCode == 0 ? result.Output : throw new LabException($"uml-run: {result.ExitCode}: {result.Error}{result.Output}");
    }
}
