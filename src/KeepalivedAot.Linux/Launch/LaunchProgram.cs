using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Linux.Launch;

/// <summary>A program that is started again and again: its path, arguments, environment and user, laid out once in unmanaged memory.</summary>
public sealed unsafe class LaunchProgram : IDisposable
{
    private readonly SpawnPlanBuilder _builder = new();
    private readonly SpawnPlan* _plan;

    public LaunchProgram(SpawnRequest request)
    {
        Path = request.Path;
        ArgumentCount = request.Arguments.Count;
        _plan = _builder.Build(request);
    }

    public string Path { get; }

    internal int ArgumentCount { get; }

    internal SpawnPlan* Plan => _plan;

    /// <summary>It is started no more; who runs it runs on.</summary>
    public void Dispose() => _builder.Dispose();
}
