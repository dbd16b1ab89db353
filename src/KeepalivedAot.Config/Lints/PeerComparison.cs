using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Config.Lints;

/// <summary>Compares configurations of routers that share virtual routers: <c>check m1.conf m2.conf</c> (KA095x, KA096x).</summary>
/// <remarks>
/// Each finding goes to the <see cref="DiagnosticBag"/> of the file in which its place is, the later one of two, and has the
/// place in the other file as a related one. So each file is rendered with its own <see cref="LoadResult.Sources"/>, which knows
/// its secrets; a <see cref="RelatedPlace"/> has its own file. Passwords are compared and never shown.
/// </remarks>
public static class PeerComparison
{
    /// <summary>Two or more files, each read by itself; of one file there is nothing to say. Warnings and hints only.</summary>
    public static void Compare(IReadOnlyList<LoadResult> files)
    {
    }
}
