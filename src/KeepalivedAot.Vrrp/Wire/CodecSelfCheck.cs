namespace KeepalivedAot.Vrrp.Wire;

/// <summary>Runs the reference vectors both ways, so that a binary can be asked whether its byte order and sums are right.</summary>
public static class CodecSelfCheck
{
    /// <returns>True when all vectors hold.</returns>
    /// <param name="failed">Name of the first vector that does not.</param>
    public static bool TryRun(out string failed) => throw new NotImplementedException();
}
