using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using static Tmds.Linux.LibC;

namespace KeepalivedAot.Tests.Linux.Namespaces;

/// <summary>A network namespace of the test's own, which exists as long as this object and the sockets opened in it.</summary>
/// <remarks>
/// It belongs to one thread, which does what <see cref="Run(Action)"/> is given: the process as a whole stays where it was. It
/// has no name, so nothing can be left behind. A socket stays in the namespace that it was opened in, whoever uses it.
/// </remarks>
internal sealed class NetworkNamespace : IDisposable
{
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(60);

    private readonly BlockingCollection<Action> _work = [];
    private readonly Thread _thread;
    private int _threadId;

    public NetworkNamespace()
    {
        int unshareError = 0;
        using ManualResetEventSlim ready = new();
        _thread = new Thread(() =>
        {
            if (unshare(CLONE_NEWNET) != 0)
                unshareError = errno;
            _threadId = gettid();
            ready.Set();
            foreach (Action action in _work.GetConsumingEnumerable())
                action();
        })
        { IsBackground = true, Name = "network namespace" };
        _thread.Start();
        ready.Wait(TestContext.Current.CancellationToken);
        if (unshareError == EPERM)
        {
            Dispose();
            Assert.Skip("needs root: unshare(CLONE_NEWNET) is not permitted");
        }
        Assert.Equal(0, unshareError);
        // Without duplicate address detection IPv6 addresses can be used at once.
        Write("/proc/sys/net/ipv6/conf/default/accept_dad", "0");
        Write("/proc/sys/net/ipv6/conf/all/accept_dad", "0");
        Ip("link set lo up");
    }

    /// <summary>Does something in the namespace, and waits for it.</summary>
    public void Run(Action action)
    {
        ExceptionDispatchInfo? failure = null;
        using ManualResetEventSlim done = new();
        _work.Add(() =>
        {
            try
            {
                action();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
            finally
            {
                done.Set();
            }
        });
        if (!done.Wait(LongestStep))
            throw new TimeoutException("a step in a network namespace did not end");
        failure?.Throw();
    }

    public T Run<T>(Func<T> function)
    {
        T result = default!;
        Run(() => { result = function(); });
        return result;
    }

    /// <summary>Runs ip(8); it must succeed.</summary>
    public string Ip(string arguments) => Execute("ip", arguments);

    /// <summary>Runs ip(8) with many commands, one a line.</summary>
    public void IpBatch(IEnumerable<string> commands) => Execute("ip", "-batch -", string.Join('\n', commands) + "\n");

    /// <summary>Runs a program in the namespace; it must succeed.</summary>
    public string Execute(string program, string arguments, string input = "") => Run(() =>
    {
        // A child starts in the namespace of the thread that forks it.
        ProcessStartInfo start = new(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {arguments}: {errors}");
        return output;
    });

    public void Write(string path, string value) => Run(() => File.WriteAllText(path, value));

    /// <summary>0 when there is no such interface.</summary>
    public int IndexOf(string interfaceName) => (int)Run(() => if_nametoindex(interfaceName));

    /// <summary>A cable: an interface here, one there, both up.</summary>
    public void Connect(string name, NetworkNamespace other, string otherName)
    {
        Ip($"link add {name} type veth peer name {otherName} netns {other._threadId}");
        Ip($"link set {name} up");
        other.Ip($"link set {otherName} up");
    }

    public void Dispose()
    {
        _work.CompleteAdding();
        _thread.Join(LongestStep);
        _work.Dispose();
    }

    [DllImport("libc")]
    private static extern int gettid();

    [DllImport("libc", BestFitMapping = false)]
    private static extern uint if_nametoindex([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
