namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>A kernel of its own for one script, in User Mode Linux: for what this machine's kernel lacks.</summary>
internal static class OtherKernel
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(150);

    private static readonly string s_program = Path.Combine(Binaries.Repository, "tests", "Uml", "uml-run");

    // Where the machine lets no such kernel run, the tests cannot.
    private static readonly Lazy<string?> s_obstacle = new(static () =>
    {
        CommandResult result = Shell.Try(s_program, ["-t", "60", "--", "true"], s_limit);
        return result.ExitCode == 0 ? null : result.Error;
    });

    /// <summary>Why no such kernel runs on this machine; null when one does.</summary>
    public static string? Obstacle => s_obstacle.Value;

    /// <summary>Runs a bash script as root; $KA is the published program, $STOCK keepalived.</summary>
    /// <param name="modules">To be loaded first, separated by commas.</param>
    /// <returns>What it wrote.</returns>
    public static string Run(string modules, string script)
    {
        string[] command =
        [
            "-t", "120", "-k", modules, "--", "env", $"KA={Binaries.PathOf(Implementation.Ours)}", $"STOCK={Binaries.PathOf(Implementation.Stock)}",
            "bash", "-uc", script,
        ];
        CommandResult result = Shell.Try(s_program, command, s_limit);
        return result.ExitCode == 0 ? result.Output : throw new LabException($"uml-run: {result.ExitCode}: {result.Error}{result.Output}");
    }
}
