namespace KeepalivedAot.Tests.Fuzz;

/// <summary>A mistake behind three bytes, one after the other: whoever finds it is guided by coverage, and did not guess 24 bits.</summary>
internal static class Planted
{
    public static void Run(byte[] input)
    {
        if (input.Length < 3)
            return;
        if (input[0] == 0xC3)
        {
            if (input[1] == 0x17)
            {
                if (input[2] == 0x9A)
                    throw new BrokenPromiseException("the planted mistake was found");
            }
        }
    }
}
