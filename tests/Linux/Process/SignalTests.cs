using System.Globalization;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Process;

public sealed class SignalTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Signals_to_the_process_reach_its_handler_with_number_and_sender()
    {
        SpawnRequest helper = HelperMode.Request("signals", _directory.PathOf("log"));
        // Under the JIT there are more threads than the mask reaches: they are born with it.
        SpawnRequest request = new()
        {
            Path = helper.Path,
            Arguments = helper.Arguments,
            Environment = helper.Environment,
            ParentDeathSignal = SignalNumber.SIGKILL,
            BlockedSignals = SignalMask.HandledBits,
        };
        using ChildProcess child = Spawn.Start(request, null, out _)!;
        _directory.Await("log.ready");
        int[] others = [1, 2, 10, 12, 17, 36, 63, 64];
        foreach (int signal in others)
            Assert.Equal(0, kill(child.Pid, signal));
        Assert.Equal(0, kill(child.Pid, SignalNumber.SIGPIPE));
        Thread.Sleep(200);
        Assert.Equal(0, kill(child.Pid, SignalNumber.SIGTERM));
        child.Wait(out ExitStatus status);

        Assert.True(status.IsSuccess, status.ToString());
        string sender = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        string[] lines = File.ReadAllLines(_directory.PathOf("log"));
        Assert.Equal(others.Select(signal => $"{signal} {sender}"), lines[..^1].OrderBy(line => int.Parse(line.Split(' ')[0], CultureInfo.InvariantCulture)));
        Assert.Equal($"15 {sender}", lines[^1]);
    }

    [Theory]
    [InlineData(15, "SIGTERM")]
    [InlineData(34, "SIGRTMIN")]
    [InlineData(36, "SIGRTMIN+2")]
    [InlineData(63, "SIGRTMAX-1")]
    [InlineData(64, "SIGRTMAX")]
    [InlineData(32, "signal 32")]
    public void NameOf_gives_the_name(int number, string name) => Assert.Equal(name, SignalNumber.NameOf(number));

    [Fact]
    public void HandledBits_has_the_ten_signals_and_not_the_runtimes_own()
    {
        Assert.Equal(10, System.Numerics.BitOperations.PopCount(SignalMask.HandledBits));
        Assert.Equal(0UL, SignalMask.HandledBits >> (SignalNumber.SIGRTMIN - 1) & 1);
    }
}
