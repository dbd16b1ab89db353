using System.Runtime.ExceptionServices;

namespace KeepalivedAot.Tests.EndToEnd.Laboratory;

/// <summary>Runs code inside a named network namespace.</summary>
internal static class NetworkNamespace
{
    /// <summary>Runs <paramref name="work"/> on a thread of its own; descriptors it opens stay in the namespace.</summary>
    public static T Run<T>(string name, Func<T> work)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                int descriptor = Libc.Checked(Libc.Open($"/run/netns/{name}", Libc.O_RDONLY | Libc.O_CLOEXEC), $"open namespace {name}");
                Libc.Checked(Libc.SetNamespace(descriptor, Libc.CLONE_NEWNET), $"setns {name}");
                Libc.Close(descriptor);
                result = work();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
