using System.Text;

namespace KeepalivedAot.Tests.Conformance;

/// <summary>What differs between two lists of lines, readable: the longest common part plain, the rest marked.</summary>
internal static class LineDifference
{
    /// <returns>Empty when the lists are equal.</returns>
    public static string Of(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        if (expected.SequenceEqual(actual))
            return "";
        int[,] common = CommonLengths(expected, actual);
        StringBuilder text = new("- expected and did not happen, + happened and was not expected\n");
        int i = 0;
        int j = 0;
        while (i < expected.Count || j < actual.Count)
        {
            if (i < expected.Count && j < actual.Count && expected[i] == actual[j])
            {
                text.Append("  ").AppendLine(expected[i++]);
                j++;
            }
            else if (i < expected.Count && (j == actual.Count || common[i + 1, j] >= common[i, j + 1]))
            {
                text.Append("- ").AppendLine(expected[i++]);
            }
            else
            {
                text.Append("+ ").AppendLine(actual[j++]);
            }
        }
        return text.ToString();
    }

    // common[i, j]: length of the longest common subsequence of what follows from i and from j.
    private static int[,] CommonLengths(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        int[,] common = new int[expected.Count + 1, actual.Count + 1];
        for (int i = expected.Count - 1; i >= 0; i--)
        {
            for (int j = actual.Count - 1; j >= 0; j--)
            {
                common[i, j] = expected[i] == actual[j]
                    ? common[i + 1, j + 1] + 1
                    : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }
        return common;
    }
}
