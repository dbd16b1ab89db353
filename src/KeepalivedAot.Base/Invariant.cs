using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KeepalivedAot.Base;

/// <summary>What must hold whatever the peers, the kernel or the user do. On in release builds too.</summary>
public static class Invariant
{
    /// <exception cref="InvariantException">The condition does not hold: a defect of ours.</exception>
    public static void Require(
        [DoesNotReturnIf(false)] bool condition, string what,
        [CallerFilePath] string file = "", [CallerLineNumber] int line = 0)
    {
        if (!condition)
            Fail(what, file, line);
    }

    [DoesNotReturn]
    private static void Fail(string what, string file, int line)
        => throw new InvariantException($"{Path.GetFileName(file)}:{line}: it should hold that {what}");
}

/// <summary>A defect of the program itself; the daemon stops with the state in hand.</summary>
public sealed class InvariantException(string message) : Exception(message);
