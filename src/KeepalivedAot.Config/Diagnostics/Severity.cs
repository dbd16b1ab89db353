namespace KeepalivedAot.Config.Diagnostics;

/// <summary>How bad it is; a larger number is worse.</summary>
public enum Severity : byte
{
    Hint = 0,
    Warning = 1,
    Error = 2,
}
