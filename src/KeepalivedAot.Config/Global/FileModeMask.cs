using System.Text;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Global;

/// <summary>A umask: a number in base 0, or names of bits joined by a pipe, with or without blanks.</summary>
[LineBlock(ReadsItself = true, FormatsItself = true)]
public sealed partial class FileModeMask
{
    private const uint Largest = 0x1FF;

    private static readonly (string Name, uint Bits)[] s_names =
    [
        ("IRUSR", 0x100), ("IWUSR", 0x080), ("IXUSR", 0x040), ("IRGRP", 0x020), ("IWGRP", 0x010), ("IXGRP", 0x008),
        ("IROTH", 0x004), ("IWOTH", 0x002), ("IXOTH", 0x001), ("IRWXU", 0x1C0), ("IRWXG", 0x038), ("IRWXO", 0x007),
    ];

    /// <summary>The mask itself, 0 to 0777.</summary>
    public uint Bits { get; private set; }

    /// <summary>The owner may not read files that the program writes.</summary>
    [Sets("IRUSR", Since = "2.0.9")]
    public bool UserRead { get; private set; }

    /// <summary>The owner may not write to files that the program writes.</summary>
    [Sets("IWUSR", Since = "2.0.9")]
    public bool UserWrite { get; private set; }

    /// <summary>The owner may not execute files that the program writes.</summary>
    [Sets("IXUSR", Since = "2.0.9")]
    public bool UserExecute { get; private set; }

    /// <summary>The group may not read files that the program writes.</summary>
    [Sets("IRGRP", Since = "2.0.9")]
    public bool GroupRead { get; private set; }

    /// <summary>The group may not write to files that the program writes.</summary>
    [Sets("IWGRP", Since = "2.0.9")]
    public bool GroupWrite { get; private set; }

    /// <summary>The group may not execute files that the program writes.</summary>
    [Sets("IXGRP", Since = "2.0.9")]
    public bool GroupExecute { get; private set; }

    /// <summary>Others may not read files that the program writes.</summary>
    [Sets("IROTH", Since = "2.0.9")]
    public bool OthersRead { get; private set; }

    /// <summary>Others may not write to files that the program writes.</summary>
    [Sets("IWOTH", Since = "2.0.9")]
    public bool OthersWrite { get; private set; }

    /// <summary>Others may not execute files that the program writes.</summary>
    [Sets("IXOTH", Since = "2.0.9")]
    public bool OthersExecute { get; private set; }

    /// <summary>The owner may not read, write or execute files that the program writes.</summary>
    [Sets("IRWXU", Since = "2.0.9")]
    public bool UserAll { get; private set; }

    /// <summary>The group may not read, write or execute files that the program writes.</summary>
    [Sets("IRWXG", Since = "2.0.9")]
    public bool GroupAll { get; private set; }

    /// <summary>Others may not read, write or execute files that the program writes.</summary>
    [Sets("IRWXO", Since = "2.0.9")]
    public bool OthersAll { get; private set; }

    internal partial string Format(bool showsSecrets) => "0" + Convert.ToString(Bits, 8);

    // A mask that is wrong anywhere is no mask. Blanks beside a pipe have made several words of it.
    private partial bool ReadWords(Parser parser)
    {
        if (!parser.HasNext)
            return parser.TryTake(out _);
        List<string> words = [];
        foreach (Word word in parser.TakeRest())
            words.Add(parser.Intern(word.Text));
        if (words[0].Length > 0 && char.IsAsciiDigit(words[0][0]))
            return TryReadNumber(parser, words);
        uint bits = 0;
        foreach (string part in string.Join(' ', words).Split('|', StringSplitOptions.TrimEntries))
        {
            if (!TryReadName(parser, part, ref bits))
                return false;
        }
        Take(bits);
        return true;
    }

    private bool TryReadNumber(Parser parser, List<string> words)
    {
        if (words.Count > 1)
            return parser.Reject(DiagnosticCatalogue.NotOneValue, $"nothing may follow the number {words[0]} of 'umask'");
        if (!ConfigNumber.TryParseAnyBase(Encoding.UTF8.GetBytes(words[0]), Largest, out uint number))
            return parser.Reject(DiagnosticCatalogue.NumberOutOfRange, $"'umask' takes a number from 0 to 0777, not '{words[0]}'", "write it octal, such as 0177");
        Take(number);
        return true;
    }

    private static bool TryReadName(Parser parser, string name, ref uint bits)
    {
        if (name.Length == 0)
            return parser.Reject(DiagnosticCatalogue.InvalidWord, "a bit is missing beside a | of 'umask'", "write names with one | between them, such as IRWXG|IRWXO");
        if (name.Contains(' '))
            return parser.Reject(DiagnosticCatalogue.InvalidWord, $"a | is missing in '{name}'", $"write {name.Replace(' ', '|')}");
        (string Name, uint Bits) found = Array.Find(s_names, n => n.Name == name);
        if (found.Name is null)
        {
            string? near = Spelling.Nearest(name, s_names.Select(static n => n.Name));
            return parser.Reject(
                DiagnosticCatalogue.InvalidWord, $"'{name}' is no bit of a umask", near is null ? "write IRWXG, IROTH and so on, or a number" : $"did you mean '{near}'?");
        }
        bits |= found.Bits;
        return true;
    }

    private void Take(uint bits)
    {
        Bits = bits;
        UserRead = (bits & 0x100) != 0;
        UserWrite = (bits & 0x080) != 0;
        UserExecute = (bits & 0x040) != 0;
        GroupRead = (bits & 0x020) != 0;
        GroupWrite = (bits & 0x010) != 0;
        GroupExecute = (bits & 0x008) != 0;
        OthersRead = (bits & 0x004) != 0;
        OthersWrite = (bits & 0x002) != 0;
        OthersExecute = (bits & 0x001) != 0;
        UserAll = (bits & 0x1C0) == 0x1C0;
        GroupAll = (bits & 0x038) == 0x038;
        OthersAll = (bits & 0x007) == 0x007;
    }
}
