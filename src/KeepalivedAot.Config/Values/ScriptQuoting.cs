namespace KeepalivedAot.Config.Values;

/// <summary>How to write a command so that all of it is run.</summary>
internal static class ScriptQuoting
{
    private const int OnePair = 2;

    private static readonly string[] Shells = ["sh", "bash", "dash", "ash", "ksh", "zsh"];

    /// <summary>/bin/sh -c, and something for it.</summary>
    public static bool IsShellCommand(string[] words)
        => words.Length > 1 && Shells.Contains(words[0][(words[0].LastIndexOf('/') + 1)..]) && words[1].Length > 1 && words[1][0] == '-' && words[1][^1] == 'c';

    /// <summary>The command with all that was lost of it in one pair of quotes; what a shell is to run is one argument of it.</summary>
    /// <param name="whole">All words, without their quotes.</param>
    /// <param name="written">The line, with them.</param>
    public static string Suggest(string keyword, string whole, ReadOnlySpan<byte> written)
    {
        string[] words = whole.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        bool isShell = IsShellCommand(words) && words.Length > 2 && !whole.Contains('\'');
        // Where quotes stand within quotes, or have been taken off, nobody knows which words belong together; but a shell takes all of them.
        bool isLost = written.Count((byte)'\'') != whole.AsSpan().Count('\'') || (written.Count((byte)'"') > OnePair && !isShell);
        if (isLost || whole.AsSpan().ContainsAny('"', '\\'))
            return "put the command with its arguments into one pair of double quotes, and within them what belongs together into single ones";
        return isShell ? $"write {keyword} \"{words[0]} {words[1]} '{string.Join(' ', words[2..])}'\"" : $"write {keyword} \"{whole}\"";
    }
}
