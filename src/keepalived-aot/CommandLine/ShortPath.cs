namespace KeepalivedAot.CommandLine;

/// <summary>
/// Reads keepalived's options the way getopt_long(3) does, so that starting the daemon does not bring the whole
/// command-line library into memory.
/// </summary>
/// <remarks>
/// Whatever it does not know for certain (a verb, an unknown or incomplete option, a request for help) it leaves to
/// <see cref="FullCommandLine"/>, which knows how to explain.
/// </remarks>
internal static class ShortPath
{
    /// <summary>True when every word was understood and <paramref name="invocation"/> holds all of it.</summary>
    public static bool TryRead(ReadOnlySpan<string> words, Invocation invocation)
    {
        // A first word that is no option is meant as a verb, known or misspelt.
        if (!words.IsEmpty && !words[0].StartsWith('-'))
            return false;
        bool optionsEnded = false;
        while (!words.IsEmpty)
        {
            string word = words[0];
            words = words[1..];
            if (optionsEnded || word is "" or "-" || word[0] != '-')
            {
                // keepalived names a word that is no option and goes on.
                invocation.Warnings.Add($"Unexpected argument '{word}'");
                continue;
            }
            if (word == "--")
            {
                optionsEnded = true;
                continue;
            }
            bool understood = word.StartsWith("--", StringComparison.Ordinal)
                ? TryReadLong(word.AsSpan(2), ref words, invocation)
                : TryReadShort(word.AsSpan(1), ref words, invocation);
            if (!understood)
                return false;
        }
        return true;
    }

    private static bool TryReadLong(ReadOnlySpan<char> body, ref ReadOnlySpan<string> words, Invocation invocation)
    {
        int equals = body.IndexOf('=');
        DaemonOption? option = OptionTable.FindLong(equals < 0 ? body : body[..equals]);
        string? argument = equals < 0 ? null : body[(equals + 1)..].ToString();
        if (option is null || argument == "" || (argument is not null && option.Argument == ArgumentKind.None))
            return false;
        return TryComplete(option, argument, ref words, invocation);
    }

    // A cluster: -nlD, -nf FILE, -nfFILE.
    private static bool TryReadShort(ReadOnlySpan<char> letters, ref ReadOnlySpan<string> words, Invocation invocation)
    {
        while (!letters.IsEmpty)
        {
            DaemonOption? option = OptionTable.FindShort(letters[0]);
            letters = letters[1..];
            if (option is null)
                return false;
            if (option.Argument == ArgumentKind.None)
            {
                if (!invocation.Apply(option, null, out _))
                    return false;
                continue;
            }
            string? attached = letters.IsEmpty ? null : letters.ToString();
            return TryComplete(option, attached, ref words, invocation);
        }
        return true;
    }

    private static bool TryComplete(DaemonOption option, string? argument, ref ReadOnlySpan<string> words, Invocation invocation)
    {
        if (argument is null && option.Argument == ArgumentKind.Required)
        {
            if (words.IsEmpty)
                return false;
            argument = words[0];
            words = words[1..];
        }
        return invocation.Apply(option, argument, out _);
    }
}
