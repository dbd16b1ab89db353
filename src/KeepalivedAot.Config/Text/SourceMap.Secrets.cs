using System.Runtime.InteropServices;
using KeepalivedAot.Base;

namespace KeepalivedAot.Config.Text;

// What must not be shown.
public sealed partial class SourceMap
{
    // More of them are in nobody's configuration; then nothing is shown of any line.
    private const int MostSecrets = 100_000;

    private readonly List<SourceSpan> _secrets = [];
    private readonly HiddenTexts _hidden = new();
    private bool _isSorted = true;

    // Lines that are not as they stand in a file, with what may be a secret in them.
    private readonly List<byte[]> _pinnedLines = [];

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
        if (_secrets.Count >= MostSecrets)
        {
            masked.Fill(true);
            return;
        }
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

    /// <summary>Memory for a line that is put together; when there may be a secret in it the collector does not move it, and it is wiped with the texts.</summary>
    /// <param name="text">What the line, or the one that it is made of, is about.</param>
    internal byte[] MakeLine(ReadOnlySpan<byte> text, int length)
    {
        // In the word of each secret there is one of these, and in few others.
        if (text.IndexOf("pass"u8) < 0 && text.IndexOf("key"u8) < 0)
            return new byte[length];
        byte[] line = PinnedBytes.Make(length);
        _pinnedLines.Add(line);
        return line;
    }

    /// <summary>The same for memory in which one line after the other is put together.</summary>
    internal byte[] MakeBuffer(int length)
    {
        byte[] buffer = PinnedBytes.Make(length);
        _pinnedLines.Add(buffer);
        return buffer;
    }

    /// <summary>Overwrites lines that were put together. The texts of the files stay.</summary>
    internal void WipeLines()
    {
        foreach (byte[] line in _pinnedLines)
            Array.Clear(line);
    }

    /// <summary>This value came from outside the files; no message may hold it.</summary>
    internal void Hide(string value) => _hidden.Add(value);

    /// <summary>
    /// This word is a secret: it is kept out of messages and of all lines, not only where it stands, and so is what it was put together from.
    /// </summary>
    internal void HideSecret(Word secret)
    {
        HideSecret(secret.Span, secret.Text);
        HideLost(secret.Text);
    }

    /// <summary>The same of a piece of text that has not become a word.</summary>
    internal void HideSecret(SourceSpan span, ReadOnlySpan<byte> text)
    {
        MarkSecret(span);
        if (text.Length < HiddenTexts.Shortest)
            return;
        _hidden.AddWritten(text);
        if (!IsExpanded(span.Position))
            return;
        for (int i = RunOf(span.Position); i < _runs.Count && _runs[i].Start < span.End; i++)
        {
            int from = Math.Max(_runs[i].Start, span.Position);
            int end = i + 1 < _runs.Count ? Math.Min(_runs[i + 1].Start, span.End) : span.End;
            if (_runs[i] is { IsFixed: false, Step: not null } && FileOf(_runs[i].From(from).Origin) is SourceFile file)
                _hidden.AddWritten(file.Content.AsSpan(_runs[i].From(from).Origin.Position - file.Start, end - from));
        }
    }

    /// <summary>The text as it is shown: without what is hidden.</summary>
    internal string Conceal(string text) => _hidden.IsEmpty ? ByteText.Show(text) : _hidden.Conceal(ByteText.Show(text));

    /// <summary>Sets what of a line is hidden wherever it stands.</summary>
    internal void MarkHidden(ReadOnlySpan<byte> line, Span<bool> masked) => _hidden.MarkIn(line, masked);

    /// <summary>What was found out by reading the same file, which is the first one of both, for a look at its text.</summary>
    internal void TakeSecretsOf(SourceMap reading)
    {
        _hidden.AddAll(reading._hidden);
        foreach (SourceSpan secret in reading._secrets)
        {
            if (secret.Position < _files[0].End && _secrets.Count < MostSecrets)
                _secrets.Add(secret);
        }
        _isSorted = false;
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
        if (_secrets.Count >= MostSecrets || FileOf(span) is not SourceFile file)
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
