using System.Runtime.CompilerServices;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Linux.Launch;

/// <summary>What one child needs of its own between clone and execve, while it runs beside us in the same memory.</summary>
/// <remarks>
/// <code>
/// | guard page | stack, growing down | thread-local area, pointer in its middle | plan, argument list, added arguments |
/// </code>
/// A thread-local area, because errno lives there: the child's failures must not overwrite ours. Its pointer stands in the middle as
/// x64 puts thread-local variables below it and arm64 above.
/// </remarks>
internal sealed unsafe class LaunchPad : IDisposable
{
    private const int GuardLength = 4096;
    private const int StackLength = 16 << 10;
    private const int ThreadAreaLength = 32 << 10;
    private const int PlanLength = 12 << 10;
    private const int Length = GuardLength + StackLength + ThreadAreaLength + PlanLength;

    // What is thread-local in a static program is far less; the check is for a libc that is not as expected.
    private const int FarthestErrno = ThreadAreaLength / 2 - 4096;

    private readonly byte* _block;

    private LaunchPad(byte* block) => _block = block;

    /// <summary>The upper end of the stack.</summary>
    public void* Stack => _block + GuardLength + StackLength;

    public void* ThreadPointer => _block + GuardLength + StackLength + ThreadAreaLength / 2;

    public SpawnPlan* Plan => (SpawnPlan*)(_block + GuardLength + StackLength + ThreadAreaLength);

    public static LaunchPad? Open(out OsError error)
    {
        nint errnoDistance = (nint)Libc.__errno_location() - Libc.pthread_self();
        Invariant.Require(
            RuntimeFeature.IsDynamicCodeSupported || Math.Abs(errnoDistance) < FarthestErrno, "errno is close to the thread pointer");
        // Shared, as under the JIT the child is a copy that has to say what went wrong.
        int sharing = RuntimeFeature.IsDynamicCodeSupported ? MAP_SHARED : MAP_PRIVATE;
        void* block = mmap(null, Length, PROT_READ | PROT_WRITE, sharing | MAP_ANONYMOUS, -1, 0);
        if (block == MAP_FAILED)
        {
            error = OsError.Last("mmap");
            return null;
        }
        error = OsError.None;
        LaunchPad pad = new((byte*)block);
        if (mprotect(block, GuardLength, PROT_NONE) != 0)
            error = OsError.Last("mprotect");
        // The first word of a thread control block on x64 is its own address; what is thread-local is found by it.
        *(void**)pad.ThreadPointer = pad.ThreadPointer;
        if (!error.IsError)
            return pad;
        pad.Dispose();
        return null;
    }

    /// <summary>Lays the program's plan out here, with more arguments behind its own.</summary>
    /// <returns>E2BIG when they do not fit.</returns>
    public Errno Prepare(LaunchProgram program, ReadOnlySpan<string> added)
    {
        *Plan = *program.Plan;
        Plan->ErrorPipe = -1;
        Plan->Failure = default;
        Plan->Rehearsal = 0;
        if (added.IsEmpty)
            return Errno.None;
        byte** list = (byte**)(Plan + 1);
        int listLength = (program.ArgumentCount + added.Length + 1) * sizeof(byte*);
        int left = PlanLength - sizeof(SpawnPlan) - listLength;
        if (left < 0)
            return Errno.E2BIG;
        int count = 0;
        for (; count < program.ArgumentCount; count++)
            list[count] = program.Plan->Arguments[count];
        byte* text = (byte*)list + listLength;
        foreach (string argument in added)
        {
            if (left == 0 || !ByteText.TryEncode(argument, new Span<byte>(text, left - 1), out int length))
                return Errno.E2BIG;
            text[length] = 0;
            list[count++] = text;
            text += length + 1;
            left -= length + 1;
        }
        list[count] = null;
        Plan->Arguments = list;
        return Errno.None;
    }

    public void Dispose() => munmap(_block, Length);
}
