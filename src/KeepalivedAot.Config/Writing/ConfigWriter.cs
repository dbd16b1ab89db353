using KeepalivedAot.Base;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Writing;

/// <summary>Takes the effective settings of a configuration, in an order in which they can be read again.</summary>
/// <remarks>The generated half of each block calls it; what is as it would be without a word in the file is left out, but for <see cref="WritesDefaults"/>.</remarks>
internal abstract class ConfigWriter(bool showsSecrets)
{
    /// <summary>In place of a secret.</summary>
    internal const string Hidden = "\"********\"";

    public bool ShowsSecrets => showsSecrets;

    /// <summary>What is as it would be without a word in the file is written all the same when the file has a word for it.</summary>
    public virtual bool WritesDefaults => true;

    /// <summary>False: the items of a keyword are left out here, as they are written one by one.</summary>
    public virtual bool WantsList(string word) => true;

    /// <summary>What follows up to <see cref="EndList"/> are items of one keyword that may be repeated.</summary>
    public abstract void BeginList(string word);
    public abstract void EndList();

    /// <param name="headerKey">What to call the header: name, address; null when there is none.</param>
    /// <param name="header">The words between the keyword and the brace, as they are written in a file.</param>
    public abstract void BeginItem(string word, string? headerKey, string? header);
    public abstract void EndItem();

    public abstract void BeginBlock(string word);
    public abstract void EndBlock();

    /// <summary>A value block: lines or names up to <see cref="EndLines"/>.</summary>
    public abstract void BeginLines(string word);
    public abstract void EndLines();

    /// <summary>The lines that are all that a named block holds, up to <see cref="EndContent"/>.</summary>
    /// <param name="key">What to call them, for those who cannot tell by their place.</param>
    public abstract void BeginContent(string key);
    public abstract void EndContent();

    /// <summary>A line with options up to <see cref="EndLine"/>.</summary>
    public abstract void BeginLine();
    public abstract void EndLine();

    /// <summary>A whole line, as it is written in a file.</summary>
    public abstract void Line(string text);

    /// <summary>A keyword that is followed by options up to <see cref="EndOptions"/>.</summary>
    public abstract void BeginOptions(string word);
    public abstract void EndOptions();

    /// <summary>A word without its keyword.</summary>
    /// <param name="what">What it is, for those who cannot tell by its place.</param>
    public abstract void Positional(string what, string word);

    /// <summary>A keyword by itself.</summary>
    /// <param name="key">The keyword that means the opposite of <paramref name="value"/> or the same.</param>
    public abstract void Flag(string word, string key, bool value);

    public abstract void Boolean(string word, bool value);

    /// <param name="text">Digits, perhaps with a decimal point.</param>
    public abstract void Number(string word, string text);

    /// <param name="words">As they are written in a file: quoted where they need it; empty when the keyword stands alone.</param>
    public abstract void Value(string word, string words);

    public virtual void Secret(string word, ReadOnlySpan<byte> value)
        => Value(word, ShowsSecrets ? Values.ConfigWords.Quote(ByteText.Decode(value)) : Hidden);

    /// <summary>A keyword that is given once for each value.</summary>
    public abstract void Repeated(string word, IEnumerable<string> values);

    public void Arguments<T>(string word, List<T> all) where T : IConfigArguments<T>
        => Repeated(word, all.Select(value => value.Format(ShowsSecrets)));

    public void Arguments<T>(string word, T value) where T : IConfigArguments<T> => Value(word, value.Format(ShowsSecrets));
}
