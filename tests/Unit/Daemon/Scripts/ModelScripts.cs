using System.Text;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Process;

namespace KeepalivedAot.Tests.Unit.Daemon.Scripts;

/// <summary>Runs nothing: writes down what was started, and ends it when the test says so.</summary>
internal sealed class ModelScripts : IScriptRunner
{
    private readonly List<ModelRun> _running = [];
    private int _nextPid = 1;

    /// <summary>"start notify_master.sh INSTANCE VI_1 MASTER 100", "term ...", "kill ..."</summary>
    public List<string> Diary { get; } = [];

    public IEnumerable<string> Running => _running.Select(static run => run.Text);

    /// <summary>Programs that cannot be started.</summary>
    public HashSet<string> Refused { get; } = [];

    public IScriptRun? Start(ScriptProgram program, ReadOnlySpan<string> added, Duration limit, IScriptObserver observer)
    {
        string name = Path.GetFileName(program.Launch.Path);
        if (Refused.Contains(name))
            return null;
        ModelRun run = new(this, _nextPid++, string.Join(' ', [name, .. added.ToArray()]), observer);
        _running.Add(run);
        Diary.Add($"start {run.Text}");
        return run;
    }

    public List<string> Take()
    {
        List<string> taken = [.. Diary];
        Diary.Clear();
        return taken;
    }

    public void End(string text, Instant now, int code = 0, string says = "")
    {
        ModelRun run = _running.First(run => run.Text.StartsWith(text, StringComparison.Ordinal));
        _running.Remove(run);
        run.Says = Encoding.UTF8.GetBytes(says);
        run.Observer.OnEnded(run, new ScriptEnd(new ExitStatus(code, 0), WasEnded: false), now);
    }

    public void PassLimit(string text, Instant now)
    {
        ModelRun run = _running.First(run => run.Text.StartsWith(text, StringComparison.Ordinal));
        run.Observer.OnOverdue(run, now);
    }

    private sealed class ModelRun(ModelScripts scripts, int pid, string text, IScriptObserver observer) : IScriptRun
    {
        public int Pid => pid;

        public string Text => text;

        public IScriptObserver Observer => observer;

        public byte[] Says { get; set; } = [];

        public ReadOnlySpan<byte> LastErrorLine => Says;

        public void Terminate() => scripts.Diary.Add($"term {text}");

        public void Kill() => scripts.Diary.Add($"kill {text}");
    }
}
