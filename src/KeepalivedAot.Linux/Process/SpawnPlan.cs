using System.Runtime.InteropServices;
using KeepalivedAot.Base;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Linux.Process;

/// <summary>A <see cref="SpawnRequest"/> laid out in unmanaged memory: all that the child of a vfork may look at.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct SpawnPlan
{
    public byte* Path;
    public byte** Arguments;
    public byte** Environment;
    public byte* WorkingDirectory;
    public uint* Groups;
    public int GroupCount;
    public uint Uid;
    public uint Gid;
    public ulong BlockedSignals;

    /// <summary>Those that are ignored or have a handler here (bit 0: signal 1): they get their default action back.</summary>
    public ulong HandledSignals;

    /// <summary>Why the program was not executed; the child's answer, as it shares our memory.</summary>
    public SpawnFailure Failure;

    /// <summary>Where a child that shares nothing writes the same; see <see cref="SpawnUnderJit"/>.</summary>
    public int ErrorPipe;
    public int NullDevice;

    /// <summary>Becomes standard error; 0 where it is the null device or the parent's, as <see cref="InheritOutput"/> says.</summary>
    public int StandardError;
    public int KeepDescriptor;
    public int ParentDeathSignal;

    /// <summary>The child has inherited this real-time priority for its way to execve; 0: none. Its own children must not.</summary>
    public int RealTimePriority;

    /// <summary>Becomes the child's, if <see cref="ChangeNice"/> says so.</summary>
    public int Nice;
    public byte ChangeNice;
    public byte ChangeUser;
    public byte NewSession;
    public byte InheritOutput;

    /// <summary>-1: not a child at all, every call is made with a number that does not exist. 0: the real thing.</summary>
    public nint Rehearsal;
}

/// <summary>Owns the memory of one <see cref="SpawnPlan"/>.</summary>
internal sealed unsafe class SpawnPlanBuilder : IDisposable
{
    private readonly List<nint> _blocks = [];

    public SpawnPlan* Build(SpawnRequest request)
    {
        SpawnPlan* plan = (SpawnPlan*)Allocate(sizeof(SpawnPlan));
        plan->Path = Text(request.Path);
        plan->Arguments = Texts(request.Arguments);
        plan->Environment = Texts(request.Environment);
        plan->WorkingDirectory = request.WorkingDirectory is null ? null : Text(request.WorkingDirectory);
        plan->Groups = (uint*)Allocate(Math.Max(1, request.Groups.Count) * sizeof(uint));
        plan->GroupCount = request.Groups.Count;
        for (int i = 0; i < request.Groups.Count; i++)
            plan->Groups[i] = request.Groups[i];
        (plan->Uid, plan->Gid) = request.User.GetValueOrDefault();
        plan->ChangeUser = Flag(request.User is not null);
        plan->BlockedSignals = request.BlockedSignals;
        plan->HandledSignals = FindHandledSignals();
        plan->KeepDescriptor = request.KeepDescriptor;
        plan->ParentDeathSignal = request.ParentDeathSignal;
        plan->NewSession = Flag(request.NewSession);
        plan->InheritOutput = Flag(request.InheritOutput);
        return plan;
    }

    public void Dispose()
    {
        foreach (nint block in _blocks)
            NativeMemory.Free((void*)block);
        _blocks.Clear();
    }

    // The runtime sets its handlers up before Main, and nobody changes one later.
    private static ulong FindHandledSignals()
    {
        ulong handled = 0;
        // struct sigaction as the kernel has it; the handler stands in front, and 0 is SIG_DFL.
        long* action = stackalloc long[SpawnChild.SignalActionLength];
        for (int signal = 1; signal <= SpawnChild.LastSignal; signal++)
        {
            if (Libc.syscall(SysNumber.rt_sigaction, signal, 0, (nint)action, sizeof(ulong), 0, 0) == 0 && *action != 0)
                handled |= 1ul << (signal - 1);
        }
        return handled;
    }

    private static byte Flag(bool value) => value ? (byte)1 : (byte)0;

    private byte** Texts(IReadOnlyList<string> texts)
    {
        byte** list = (byte**)Allocate((texts.Count + 1) * sizeof(byte*));
        for (int i = 0; i < texts.Count; i++)
            list[i] = Text(texts[i]);
        list[texts.Count] = null;
        return list;
    }

    private byte* Text(string text)
    {
        byte[] encoded = ByteText.Encode(text);
        byte* bytes = (byte*)Allocate(encoded.Length + 1);
        encoded.CopyTo(new Span<byte>(bytes, encoded.Length));
        bytes[encoded.Length] = 0;
        return bytes;
    }

    public void* Allocate(int size)
    {
        void* block = NativeMemory.AllocZeroed((nuint)size);
        _blocks.Add((nint)block);
        return block;
    }
}
