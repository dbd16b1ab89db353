namespace KeepalivedAot.Config.Schema;

/// <summary>What types of values say of themselves, for generated code.</summary>
internal static class ConfigArguments
{
    /// <summary>What may follow a keyword of this type.</summary>
    public static string Expected<T>() where T : IConfigArguments<T> => T.Expects;
}
