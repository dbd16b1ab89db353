using System.Text.Unicode;

namespace KeepalivedAot.Base.Logging;

/// <summary>The virtual router that lines are about: its name and VRID, as fields of their own beside the text.</summary>
public sealed class LogSubject
{
    /// <summary>Bytes of a name; what is longer is cut.</summary>
    public const int LongestName = 255;

    private byte[] _utf8 = [];

    /// <param name="vrid">1 to 255.</param>
    public LogSubject(string name, byte vrid)
    {
        Name = name;
        Vrid = vrid;
        Encode();
    }

    public string Name { get; private set; }

    public byte Vrid { get; }

    /// <summary>The name as text: a byte that is none is a replacement character.</summary>
    public ReadOnlySpan<byte> NameUtf8 => _utf8;

    /// <summary>A router can be called otherwise after a reload.</summary>
    public void Rename(string name)
    {
        if (name == Name)
            return;
        Name = name;
        Encode();
    }

    private void Encode()
    {
        Span<byte> text = stackalloc byte[LongestName];
        Utf8.FromUtf16(ByteText.Show(Name), text, out _, out int length);
        _utf8 = text[..length].ToArray();
    }
}
