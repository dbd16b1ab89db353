using System.Runtime.InteropServices;

namespace KeepalivedAot.Config.Text;

// What must not be shown.
public sealed partial class SourceMap
{
    // Nobody keeps a secret of two letters, and to hide them everywhere would hide everything.
    private const int ShortestHidden = 3;
    private const int MostHidden = 1000;

    private readonly List<SourceSpan> _secrets = [];
    private readonly List<string> _hidden = [];
    private bool _isSorted = true;

    /// <summary>Keeps what stands there, and behind it on its line, out of everything that is shown.</summary>
    internal void MarkSecret(SourceSpan span)
    {
        if (!IsExpanded(span.Position))
        {
            MarkWritten(span);
            return;
        }
        for (int i = RunOf(span.Position); i < _runs.Count && _runs[i].Start < Math.Max(span.End, span.Position + 1); i++)
            MarkWritten(_runs[i].From(Math.Max(_runs[i].Start, span.Position)).Origin);
    }

    /// <summary>Sets what is secret of the bytes of a line, the first of which has this position.</summary>
    internal void MarkSecrets(int position, Span<bool> masked)
    {
        if (!_isSorted)
            _secrets.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        _isSorted = true;
        int low = 0;
        int high = _secrets.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_secrets[middle].Position < position)
                low = middle + 1;
            else
                high = middle;
        }
        for (; low < _secrets.Count && _secrets[low].Position < position + masked.Length; low++)
            masked[(_secrets[low].Position - position)..Math.Min(_secrets[low].End - position, masked.Length)].Fill(true);
    }

    /// <summary>This value came from outside the files; no message may hold it.</summary>
    internal void Hide(string value)
    {
        if (value.Length >= ShortestHidden && _hidden.Count < MostHidden && !_hidden.Contains(value))
        {
            _hidden.Add(value);
            // A value that holds another one goes first.
            _hidden.Sort(static (a, b) => b.Length.CompareTo(a.Length));
        }
    }

    /// <summary>The text without what is hidden.</summary>
    internal string Conceal(string text)
    {
        foreach (string value in _hidden)
            text = text.Replace(value, "***", StringComparison.Ordinal);
        return text;
    }

    /// <summary>Some of this text came from outside the files.</summary>
    internal bool IsSecret(SourceSpan span)
    {
        if (!IsExpanded(span.Position))
            return false;
        for (int i = RunOf(span.Position); i < _runs.Count && _runs[i].Start < Math.Max(span.End, span.Position + 1); i++)
        {
            if (_runs[i].Step?.IsSecret == true)
                return true;
        }
        return false;
    }

    private void MarkWritten(SourceSpan span)
    {
        if (FileOf(span) is not SourceFile file)
            return;
        int offset = span.Position - file.Start;
        int rest = file.Content.AsSpan(offset).IndexOf((byte)'\n');
        SourceSpan secret = span with { Length = rest < 0 ? file.Content.Length - offset : rest };
        // The text of a sequence is marked again in every round.
        if (CollectionsMarshal.AsSpan(_secrets)[Math.Max(0, _secrets.Count - 8)..].Contains(secret))
            return;
        _isSorted &= _secrets.Count == 0 || _secrets[^1].Position <= secret.Position;
        _secrets.Add(secret);
    }
}
