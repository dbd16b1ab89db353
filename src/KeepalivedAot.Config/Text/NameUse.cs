namespace KeepalivedAot.Config.Text;

/// <summary>The use of a name in a line.</summary>
/// <param name="Length">Of all of it, from the $ on.</param>
/// <param name="ParametersLength">Of what stands between the name and the closing brace.</param>
internal readonly record struct NameUse(int NameStart, int NameLength, int Length, bool IsBraced, int ParametersLength)
{
    public bool HasParameters => ParametersLength > 0;

    public ReadOnlySpan<byte> NameIn(ReadOnlySpan<byte> line) => line.Slice(NameStart, NameLength);

    public ReadOnlySpan<byte> ParametersIn(ReadOnlySpan<byte> line) => line.Slice(NameStart + NameLength, ParametersLength);
}
