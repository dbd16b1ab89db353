using System.Text;
using KeepalivedAot.Base;

namespace KeepalivedAot.Config.Text;

// Values of definitions and sequences that came to nothing because of a mistake. Whether one was to be a secret is known when their
// name stands where a secret does, be it before or after them.
public sealed partial class SourceMap
{
    private const int MostLost = 1000;

    private readonly Dictionary<string, List<(SourceSpan Span, byte[] Text)>> _lost = [];
    private readonly HashSet<string> _ofSecrets = [];
    private int _lostCount;

    /// <summary>This was meant to be the value of the name, or a part of it.</summary>
    internal void NoteLost(string name, SourceSpan span, ReadOnlySpan<byte> text)
    {
        // The braces of an undefined name are gone: what was ${NAME}x is $NAMEx.
        if (_ofSecrets.Any(used => used.StartsWith(name, StringComparison.Ordinal)) || _lostCount >= MostLost)
        {
            HideSecret(span, text);
            return;
        }
        _lostCount++;
        if (!_lost.TryGetValue(name, out List<(SourceSpan Span, byte[] Text)>? values))
            _lost.Add(name, values = []);
        values.Add((span, PinnedBytes.Copy(text)));
    }

    // The secret is what one of these names stands for, had it been defined.
    private void HideLost(ReadOnlySpan<byte> secret)
    {
        for (int at = secret.IndexOf((byte)'$'); at >= 0 && at < secret.Length; at++)
        {
            int length = NameLength(secret[at..]);
            if (length == 0)
                continue;
            string name = Encoding.ASCII.GetString(secret.Slice(at, length));
            at += length;
            if (_ofSecrets.Count < MostLost)
                _ofSecrets.Add(name);
            foreach (string lost in _lost.Keys.Where(lost => name.StartsWith(lost, StringComparison.Ordinal)).ToList())
            {
                foreach ((SourceSpan span, byte[] text) in _lost[lost])
                    HideSecret(span, text);
                _lost.Remove(lost);
            }
        }
    }

    private static int NameLength(ReadOnlySpan<byte> text)
    {
        int length = 0;
        while (length < text.Length && (char.IsAsciiLetterOrDigit((char)text[length]) || text[length] == (byte)'_'))
            length++;
        return length;
    }

    /// <summary>The name that such a word defines, if with a mistake: letters, digits and underscores behind a dollar sign or what else is in front.</summary>
    internal static string NameIn(ReadOnlySpan<byte> word)
    {
        while (!word.IsEmpty && NameLength(word) == 0)
            word = word[1..];
        return Encoding.ASCII.GetString(word[..NameLength(word)]);
    }
}
