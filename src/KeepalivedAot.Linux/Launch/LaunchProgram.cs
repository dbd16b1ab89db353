using KeepalivedAot.Base;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Linux.Launch;

/// <summary>A program that is started again and again: its path, arguments, environment and user, laid out once in unmanaged memory.</summary>
/// <remarks>A child that has not reached its execve yet reads that memory, so it is freed only when nobody runs it any more.</remarks>
public sealed unsafe class LaunchProgram : IDisposable
{
    private readonly SpawnPlanBuilder _builder = new();
    private readonly SpawnPlan* _plan;
    private int _users;
    private bool _isDisposed;

    public LaunchProgram(SpawnRequest request)
    {
        Path = request.Path;
        ArgumentCount = request.Arguments.Count;
        _plan = _builder.Build(request);
    }

    public string Path { get; }

    internal int ArgumentCount { get; }

    internal SpawnPlan* Plan => _plan;

    internal void Enter()
    {
        Invariant.Require(!_isDisposed, "a program that was given up is not started");
        _users++;
    }

    internal void Leave()
    {
        _users--;
        FreeWhenUnused();
    }

    /// <summary>It is started no more; who runs it runs on.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        FreeWhenUnused();
    }

    private void FreeWhenUnused()
    {
        if (_isDisposed && _users == 0)
            _builder.Dispose();
    }
}
