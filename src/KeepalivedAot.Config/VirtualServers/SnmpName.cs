using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.VirtualServers;

/// <summary>A name for SNMP, which is one word and nothing behind it.</summary>
public readonly record struct SnmpName(string Text) : IConfigArguments<SnmpName>
{
    static string IConfigArguments<SnmpName>.Expects => "string";

    static bool IConfigArguments<SnmpName>.TryRead(Parser parser, out SnmpName value)
    {
        value = default;
        if (!parser.TryString(null, out string name))
            return false;
        if (parser.HasNext)
        {
            parser.TakeRest();
            return parser.Reject(DiagnosticCatalogue.InvalidWord, $"'{parser.CurrentKeyword}' takes one word; it is ignored", "put a name with blanks in double quotes");
        }
        value = new SnmpName(name);
        return true;
    }

    string IConfigArguments<SnmpName>.Format(bool showsSecrets) => ConfigWords.Quote(Text);
}
