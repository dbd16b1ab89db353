using System.Globalization;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>The processors that a process may run on, by number; one that is wrong makes the whole set void.</summary>
public sealed class CpuSet(IReadOnlyList<int> processors) : IConfigArguments<CpuSet>
{
    /// <summary>The kernel's CPU_SETSIZE.</summary>
    private const int Most = 1024;

    public IReadOnlyList<int> Processors { get; } = processors;

    static string IConfigArguments<CpuSet>.Expects => "int 0..ncpu-1 ...";

    static bool IConfigArguments<CpuSet>.TryRead(Parser parser, out CpuSet value)
    {
        List<int> processors = [];
        value = null!;
        do
        {
            if (!parser.TryInteger(0, Most - 1, false, out long processor))
            {
                parser.TakeRest();
                return false;
            }
            processors.Add((int)processor);
        }
        while (parser.HasNext);
        value = new CpuSet(processors);
        return true;
    }

    string IConfigArguments<CpuSet>.Format(bool showsSecrets)
        => string.Join(' ', Processors.Select(static p => p.ToString(CultureInfo.InvariantCulture)));
}
