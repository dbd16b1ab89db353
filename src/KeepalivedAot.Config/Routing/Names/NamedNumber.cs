using System.Globalization;
using KeepalivedAot.Base;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Routing.Names;

/// <summary>A number, or a name that stands for one on the host that is configured (grammar 13.7).</summary>
/// <param name="Name">Null for a number, and for a name whose number has been found.</param>
public readonly record struct NamedNumber<TKind>(uint Number, string? Name = null) : IConfigValue<NamedNumber<TKind>>
    where TKind : struct, INameKind
{
    public static string Expects => TKind.Expects;

    public static bool TryParse(ReadOnlySpan<byte> text, out NamedNumber<TKind> value)
    {
        value = default;
        if (ConfigNumber.TryParseAnyBase(text, TKind.Maximum, out uint number))
        {
            value = new NamedNumber<TKind>(number);
            return true;
        }
        // A number that is too large is no name; a name may begin with a digit.
        if (text.IsEmpty || !text.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;
        value = new NamedNumber<TKind>(0, ByteText.Decode(text));
        return true;
    }

    /// <summary>The same as a number, where the name is known.</summary>
    internal NameAnswer Resolve(INameTables names, out NamedNumber<TKind> value)
    {
        value = this;
        if (Name is null)
            return NameAnswer.Found;
        NameAnswer answer = names.Find(TKind.Table, Name, out uint number);
        if (answer != NameAnswer.Found)
            return answer;
        // A file may say what it likes.
        if (number > TKind.Maximum)
            return NameAnswer.Unknown;
        value = new NamedNumber<TKind>(number);
        return answer;
    }

    public override string ToString() => Name is null ? Number.ToString(CultureInfo.InvariantCulture) : ConfigWords.Quote(Name);
}
