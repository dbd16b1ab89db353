namespace KeepalivedAot.Config.Diagnostics;

/// <summary>The exit status of <c>-t</c>, as keepalived gives it.</summary>
/// <remarks>A deliberate difference: for a missing main file keepalived says 0, we say 4.</remarks>
public static class ConfigTestExitStatus
{
    public const int Ok = 0;
    public const int MissingParameter = 2;
    public const int Fatal = 4;
    public const int Errors = 5;
    public const int Security = 6;

    /// <summary>The same number: an include that fails its check, which keepalived's parent finds before its children look at anything else.</summary>
    public const int MissingInclude = 6;

    public static int Of(DiagnosticBag diagnostics)
        => diagnostics.HasMissingInclude ? MissingInclude
            : diagnostics.HasMissingParameter ? MissingParameter
            : Of(diagnostics.WorstClass);

    /// <summary>The status when this is all that was reported.</summary>
    public static int Of(DiagnosticKind kind) => IsOfIncludes(kind) ? MissingInclude : Of(kind.Class);

    internal static bool IsOfIncludes(DiagnosticKind kind)
        => kind == DiagnosticCatalogue.IncludeFailed || kind == DiagnosticCatalogue.IncludeLoop;

    /// <summary>The status when this is the highest class that was reported.</summary>
    public static int Of(ConfigErrorClass worst) => worst switch
    {
        ConfigErrorClass.Ok => Ok,
        ConfigErrorClass.FileNotFound or ConfigErrorClass.BadInterface or ConfigErrorClass.Fatal => Fatal,
        ConfigErrorClass.MissingParameter => MissingParameter,
        ConfigErrorClass.SecurityError => Security,
        _ => Errors,
    };
}
