using System.Globalization;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Routing.Encapsulation;

/// <summary>MPLS labels (RFC 3032), outermost first, each 20 bits.</summary>
public readonly record struct LabelStack(IReadOnlyList<uint> Labels) : IConfigValue<LabelStack>
{
    private const uint LargestLabel = (1 << 20) - 1;

    /// <summary>The kernel's MAX_NEW_LABELS.</summary>
    private const int MostLabels = 30;

    public static string Expects => "uint 0..1048575 joined by /";

    public static bool TryParse(ReadOnlySpan<byte> text, out LabelStack value)
    {
        value = default;
        List<uint> labels = [];
        foreach (Range part in text.Split((byte)'/'))
        {
            if (labels.Count == MostLabels || !ConfigNumber.TryParseAnyBase(text[part], LargestLabel, out uint label))
                return false;
            labels.Add(label);
        }
        value = new LabelStack(labels);
        return labels.Count > 0;
    }

    public override string ToString()
        => string.Join('/', (Labels ?? []).Select(static l => l.ToString(CultureInfo.InvariantCulture)));
}
