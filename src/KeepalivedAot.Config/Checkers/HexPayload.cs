using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>Bytes that are sent.</summary>
public sealed class HexPayload(byte[] bytes) : IConfigArguments<HexPayload>
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    static string IConfigArguments<HexPayload>.Expects => "hexstr";

    static bool IConfigArguments<HexPayload>.TryRead(Parser parser, out HexPayload value)
    {
        value = null!;
        List<byte> bytes = [];
        if (!HexWords.TryRead(parser, bytes, null))
            return false;
        value = new HexPayload([.. bytes]);
        return true;
    }

    string IConfigArguments<HexPayload>.Format(bool showsSecrets) => Convert.ToHexStringLower(bytes);
}
