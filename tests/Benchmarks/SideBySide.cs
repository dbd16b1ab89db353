using System.Runtime.ExceptionServices;

namespace KeepalivedAot.Benchmarks;

/// <summary>Two measurements at the same time, each on a segment of its own: what the machine does meanwhile, it does to both.</summary>
internal static class SideBySide
{
    public static (T Stock, T Ours) Run<T>(Func<T> stock, Func<T> ours)
    {
        T? other = default;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                other = stock();
            }
            catch (Exception e)
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        });
        thread.Start();
        T own;
        try
        {
            own = ours();
        }
        finally
        {
            thread.Join();
        }
        failure?.Throw();
        return (other!, own);
    }
}
