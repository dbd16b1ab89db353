namespace KeepalivedAot;

internal static class Program
{
    private static int Main(string[] words)
    {
        CommandLine.Invocation i = new();
        if (CommandLine.ShortPath.TryRead(words, i)) return 0;
        return new CommandLine.FullCommandLine(_ => 3).Invoke(words);
    }
}
