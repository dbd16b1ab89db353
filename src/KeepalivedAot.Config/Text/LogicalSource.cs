namespace KeepalivedAot.Config.Text;

/// <summary>What a reading of a configuration starts from.</summary>
/// <param name="Path">The main file, or a pattern that several match.</param>
/// <param name="Files">Asked once for each file, so that a second reading sees the same.</param>
/// <param name="ConfigId">What conditional lines are compared with.</param>
/// <param name="Seed">Where random numbers start.</param>
/// <param name="MostMemory">How many bytes the text and what is built of it may take.</param>
internal sealed record LogicalSource(string Path, ReadOnceFiles Files, string ConfigId, uint Seed, IncludeChecks Checks, long MostMemory = BuildTally.Most);
