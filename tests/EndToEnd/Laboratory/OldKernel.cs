using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>This kernel, for the programs that are started from within <see cref="Run"/>, without what came after Linux 4.19.</summary>
/// <remarks>
/// A filter of system calls (seccomp(2)) that programs inherit: every call with a number from 424 on, where those of Linux 5.1 and later are,
/// is answered with ENOSYS, and so are socket options of later kernels with ENOPROTOOPT. What messages of netlink may hold no filter sees; by the
/// version that uname(2) tells, which setarch(8) makes 2.6, a program decides about that (<see cref="Command"/>).
/// </remarks>
internal static unsafe partial class OldKernel
{
    private const int PR_SET_NO_NEW_PRIVS = 38;
    private const int PR_SET_SECCOMP = 22;
    private const int SECCOMP_MODE_FILTER = 2;

    // struct seccomp_data: nr, arch, instruction_pointer (8), six arguments of 8 bytes.
    private const uint NumberOffset = 0;
    private const uint LevelOffset = 16 + 8;
    private const uint OptionOffset = 16 + 16;

    private const ushort LoadWord = 0x20;        // BPF_LD | BPF_W | BPF_ABS
    private const ushort JumpIfEqual = 0x15;     // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort JumpIfAtLeast = 0x35;   // BPF_JMP | BPF_JGE | BPF_K
    private const ushort Return = 0x06;          // BPF_RET | BPF_K
    private const uint Allow = 0x7FFF0000;       // SECCOMP_RET_ALLOW
    private const uint Refuse = 0x00050000;      // SECCOMP_RET_ERRNO
    private const uint ENOSYS = 38;
    private const uint ENOPROTOOPT = 92;

    private const uint FirstLaterCall = 424;

    private static readonly (uint Level, uint Option)[] s_laterOptions =
    [
        (Libc.SOL_SOCKET, 62), // SO_BINDTOIFINDEX, 5.1
        (270, 12),             // SOL_NETLINK, NETLINK_GET_STRICT_CHK, 4.20
        (41, 29),              // SOL_IPV6, IPV6_MULTICAST_ALL, 4.20
    ];

    private static uint SetSocketOption => RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? 208u : 54u;

    /// <summary>Runs a program that is told by uname(2) that the kernel is an old one.</summary>
    public static string[] Command(params string[] command) => ["setarch", RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "aarch64" : "x86_64", "--uname-2.6", .. command];

    /// <summary>Does something on a thread of its own, which has the filter; so have the processes that it starts.</summary>
    public static void Run(Action work)
    {
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                Install();
                work();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
    }

    private static void Install()
    {
        List<SockFilter> program =
        [
            new(LoadWord, 0, 0, NumberOffset),
            new(JumpIfAtLeast, 0, 1, FirstLaterCall),
            new(Return, 0, 0, Refuse | ENOSYS),
            new(JumpIfEqual, 1, 0, SetSocketOption),
            new(Return, 0, 0, Allow),
        ];
        foreach ((uint level, uint option) in s_laterOptions)
        {
            program.Add(new(LoadWord, 0, 0, LevelOffset));
            program.Add(new(JumpIfEqual, 0, 3, level));
            program.Add(new(LoadWord, 0, 0, OptionOffset));
            program.Add(new(JumpIfEqual, 0, 1, option));
            program.Add(new(Return, 0, 0, Refuse | ENOPROTOOPT));
        }
        program.Add(new(Return, 0, 0, Allow));
        SockFilter[] instructions = [.. program];
        Libc.Checked(ProcessControl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "PR_SET_NO_NEW_PRIVS");
        fixed (SockFilter* first = instructions)
        {
            SockFprog filter = new() { Length = (ushort)instructions.Length, Instructions = first };
            Libc.Checked(ProcessControl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, (nuint)(&filter), 0, 0), "PR_SET_SECCOMP");
        }
    }

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nuint second, nuint third, nuint fourth, nuint fifth);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct SockFilter(ushort code, byte ifTrue, byte ifFalse, uint operand)
    {
        public readonly ushort Code = code;
        public readonly byte IfTrue = ifTrue;
        public readonly byte IfFalse = ifFalse;
        public readonly uint Operand = operand;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct SockFprog
    {
        public ushort Length;
        public SockFilter* Instructions;
    }
}
