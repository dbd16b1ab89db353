using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>What an answer must be like; without bytes any answer will do.</summary>
public sealed class HexPattern(byte[] bytes, byte[] mask) : IConfigArguments<HexPattern>
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    /// <summary>The bits that are compared, as many bytes as <see cref="Bytes"/>.</summary>
    public ReadOnlyMemory<byte> Mask => mask;

    static string IConfigArguments<HexPattern>.Expects => "[hexstr]";

    static bool IConfigArguments<HexPattern>.TryRead(Parser parser, out HexPattern value)
    {
        value = new HexPattern([], []);
        if (!parser.HasNext)
            return true;
        List<byte> bytes = [];
        List<byte> mask = [];
        if (!HexWords.TryRead(parser, bytes, mask))
            return false;
        value = new HexPattern([.. bytes], [.. mask]);
        return true;
    }

    string IConfigArguments<HexPattern>.Format(bool showsSecrets)
    {
        char[] text = Convert.ToHexStringLower(bytes).ToCharArray();
        for (int i = 0; i < mask.Length; i++)
        {
            if ((mask[i] & 0xF0) == 0)
                text[2 * i] = 'x';
            if ((mask[i] & 0x0F) == 0)
                text[2 * i + 1] = 'x';
        }
        return new string(text);
    }
}
