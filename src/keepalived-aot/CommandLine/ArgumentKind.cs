namespace KeepalivedAot.CommandLine;

/// <summary>Whether an option takes an argument, as getopt_long(3) sees it.</summary>
internal enum ArgumentKind
{
    None,
    Required,

    /// <summary>Only attached: <c>-tFILE</c>, <c>--config-test=FILE</c>.</summary>
    Optional,
}
