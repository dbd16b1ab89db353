using System.Globalization;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>A umask: a number in base 0, or names of bits joined by a pipe, with or without blanks.</summary>
[LineBlock(TakesOthers = true, FormatsItself = true)]
public sealed partial class FileModeMask
{
    private const uint Largest = 0x1FF;

    private static readonly (string Name, uint Bits)[] s_names =
    [
        ("IRUSR", 0x100), ("IWUSR", 0x080), ("IXUSR", 0x040), ("IRGRP", 0x020), ("IWGRP", 0x010), ("IXGRP", 0x008),
        ("IROTH", 0x004), ("IWOTH", 0x002), ("IXOTH", 0x001), ("IRWXU", 0x1C0), ("IRWXG", 0x038), ("IRWXO", 0x007),
    ];

    private uint _bits;

    /// <summary>The mask itself, 0 to 0777.</summary>
    public uint Bits => _bits | Declared;

    /// <summary>Its owner may not read a file that is made.</summary>
    [Sets("IRUSR", Since = "2.0.9")]
    public bool UserRead { get; private set; }

    /// <summary>Its owner may not write a file that is made.</summary>
    [Sets("IWUSR", Since = "2.0.9")]
    public bool UserWrite { get; private set; }

    /// <summary>Its owner may not execute a file that is made.</summary>
    [Sets("IXUSR", Since = "2.0.9")]
    public bool UserExecute { get; private set; }

    /// <summary>Its group may not read a file that is made.</summary>
    [Sets("IRGRP", Since = "2.0.9")]
    public bool GroupRead { get; private set; }

    /// <summary>Its group may not write a file that is made.</summary>
    [Sets("IWGRP", Since = "2.0.9")]
    public bool GroupWrite { get; private set; }

    /// <summary>Its group may not execute a file that is made.</summary>
    [Sets("IXGRP", Since = "2.0.9")]
    public bool GroupExecute { get; private set; }

    /// <summary>Others may not read a file that is made.</summary>
    [Sets("IROTH", Since = "2.0.9")]
    public bool OthersRead { get; private set; }

    /// <summary>Others may not write a file that is made.</summary>
    [Sets("IWOTH", Since = "2.0.9")]
    public bool OthersWrite { get; private set; }

    /// <summary>Others may not execute a file that is made.</summary>
    [Sets("IXOTH", Since = "2.0.9")]
    public bool OthersExecute { get; private set; }

    /// <summary>Its owner may do nothing with a file that is made.</summary>
    [Sets("IRWXU", Since = "2.0.9")]
    public bool UserAll { get; private set; }

    /// <summary>Its group may do nothing with a file that is made.</summary>
    [Sets("IRWXG", Since = "2.0.9")]
    public bool GroupAll { get; private set; }

    /// <summary>Others may do nothing with a file that is made.</summary>
    [Sets("IRWXO", Since = "2.0.9")]
    public bool OthersAll { get; private set; }

    private uint Declared
    {
        get
        {
            bool[] given =
            [
                UserRead, UserWrite, UserExecute, GroupRead, GroupWrite, GroupExecute, OthersRead, OthersWrite, OthersExecute,
                UserAll, GroupAll, OthersAll,
            ];
            uint bits = 0;
            for (int i = 0; i < given.Length; i++)
                bits |= given[i] ? s_names[i].Bits : 0;
            return bits;
        }
    }

    internal partial string Format(bool showsSecrets) => "0" + Convert.ToString(Bits, 8);

    private partial bool TakeOther(Parser parser)
    {
        if (!parser.TryTake(out Text.Word word))
            return true;
        string text = parser.Intern(word.Text);
        if (text == "|")
            return true;
        if (char.IsAsciiDigit(text[0]))
        {
            if (ConfigNumber.TryParseAnyBase(word.Text, Largest, out uint number))
                _bits |= number;
            else
                parser.Reject(DiagnosticCatalogue.NumberOutOfRange, $"a umask is a number up to 0777, not '{text}'");
            return true;
        }
        foreach (string part in text.Split('|', StringSplitOptions.RemoveEmptyEntries))
        {
            (string Name, uint Bits) found = Array.Find(s_names, n => n.Name == part);
            if (found.Name is null)
            {
                string? near = Spelling.Nearest(part, s_names.Select(static n => n.Name));
                parser.Reject(
                    DiagnosticCatalogue.InvalidWord, $"'{part}' is no bit of a umask", near is null ? "write IRWXG, IROTH and so on, or a number" : $"did you mean '{near}'?");
                return true;
            }
            _bits |= found.Bits;
        }
        return true;
    }
}
