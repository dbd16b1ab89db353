namespace KeepalivedAot.Config.Schema;

/// <summary>What may follow a keyword whose value reads itself.</summary>
internal static class Expectation
{
    public static string Of<T>() where T : IConfigArguments<T> => T.Expects;
}
