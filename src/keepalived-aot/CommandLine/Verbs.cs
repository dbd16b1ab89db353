namespace KeepalivedAot.CommandLine;

/// <summary>The words that make the program something else than the daemon.</summary>
internal static class Verbs
{
    public const string SelfCheck = "self-check";

    public static bool IsVerb(string word) => word is SelfCheck;
}
