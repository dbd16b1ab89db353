using System.Globalization;
using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Simulation.Replay;

/// <summary>One line of a record, read word by word.</summary>
/// <param name="number">From 1.</param>
/// <param name="text">With the blank in front that tells an answer from an input.</param>
internal sealed class RecordLine(long number, string text)
{
    private int _at;

    public long Number => number;

    public string Text => text;

    /// <summary>It was matched already.</summary>
    public bool IsTaken { get; set; }

    public bool HasMore => _at < text.Length;

    /// <summary>Goes on behind something that is known to be there.</summary>
    public RecordLine Behind(string start)
    {
        _at = start.Length;
        return this;
    }

    /// <summary>The next word as it is written.</summary>
    public string Word()
    {
        if (!HasMore)
            throw Wrong("a word is missing at its end");
        int end = text.IndexOf(' ', _at);
        string word = end < 0 ? text[_at..] : text[_at..end];
        _at = end < 0 ? text.Length : end + 1;
        return word;
    }

    /// <summary>The rest of it.</summary>
    public string Rest()
    {
        string rest = text[_at..];
        _at = text.Length;
        return rest;
    }

    public long Long() => long.TryParse(Word(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : throw Wrong("a number is wanted");

    public int Int() => In<int>(int.MinValue, int.MaxValue);

    public uint UInt() => In<uint>(0, uint.MaxValue);

    public ushort UShort() => In<ushort>(0, ushort.MaxValue);

    public byte Byte() => In<byte>(0, byte.MaxValue);

    public Errno Errno() => (Errno)Int();

    /// <summary>Any text (%XX).</summary>
    public string Escaped() => Unescape(Word());

    public IpAddress Ip()
    {
        string word = Word();
        return word == "-" ? default : Address(word);
    }

    /// <summary>ADDRESS/LENGTH</summary>
    public (IpAddress Address, byte Length) Prefix()
    {
        string word = Word();
        int slash = word.LastIndexOf('/');
        if (slash < 0 || !byte.TryParse(word.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out byte length))
            throw Wrong("a prefix is wanted");
        return (word[..slash] == "-" ? default : Address(word[..slash]), length);
    }

    public MacAddress Mac()
        => ulong.TryParse(Word().Replace(":", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong value)
            ? new MacAddress(value) : throw Wrong("a MAC address is wanted");

    public KernelName Name()
    {
        string word = Word();
        if (word == "-")
            return default;
        string name = Unescape(word);
        return KernelName.TryParse(name, out KernelName parsed) ? parsed : throw Wrong($"'{name}' is no name of an interface");
    }

    public byte[] Hex()
    {
        // Of nothing there may be no word at all.
        string word = HasMore ? Word() : "";
        try
        {
            return Convert.FromHexString(word);
        }
        catch (FormatException)
        {
            throw Wrong("hex digits are wanted");
        }
    }

    public RecordException Wrong(string problem) => new(number, problem);

    private string Unescape(string word)
    {
        if (word == "%")
            return "";
        List<byte> bytes = [];
        for (int i = 0; i < word.Length; i++)
        {
            if (word[i] != '%')
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(word[i].ToString()));
                continue;
            }
            if (i + 2 >= word.Length || !byte.TryParse(word.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out byte one))
                throw Wrong("behind % there are two hex digits");
            bytes.Add(one);
            i += 2;
        }
        return Encoding.UTF8.GetString([.. bytes]);
    }

    private IpAddress Address(string word) => IpAddress.TryParse(word, out IpAddress address) ? address : throw Wrong($"'{word}' is no address");

    private T In<T>(long least, long most) where T : System.Numerics.INumber<T>
    {
        long value = Long();
        return value >= least && value <= most ? T.CreateTruncating(value) : throw Wrong($"{value} is out of its range");
    }
}
