using System.Runtime.CompilerServices;

namespace KeepalivedAot.Vrrp.Authentication;

/// <summary>Comparisons whose duration tells nothing of where two values differ.</summary>
internal static class ConstantTime
{
    /// <remarks>Their lengths are no secret.</remarks>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.NoOptimization)]
    public static bool AreEqual(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.Length != b.Length)
            return false;
        int difference = 0;
        for (int i = 0; i < a.Length; i++)
            difference |= a[i] ^ b[i];
        return difference == 0;
    }
}
