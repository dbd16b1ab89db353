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

    /// <summary>The process groups of which somebody is left.</summary>
    public HashSet<int> Left { get; } = [];

    public bool IsAlive(int group) => Left.Contains(group);

    public List<string> Take()
    {
        List<string> taken = [.. Diary];
        Diary.Clear();
        return taken;
    }

    /// <param name="leaves">Somebody of its process group lives on, if he may.</param>
    /// <param name="signal">Not 0: it was ended, by this one.</param>
    public void End(string text, Instant now, int code = 0, string says = "", bool leaves = false, int signal = 0)
    {
        ModelRun run = _running.First(run => run.Text.StartsWith(text, StringComparison.Ordinal));
        _running.Remove(run);
        run.Says = Encoding.UTF8.GetBytes(says);
        bool isLeft = leaves && !run.EndsWhatItLeaves;
        if (isLeft)
            Left.Add(run.Pid);
        run.Observer.OnEnded(run, new ScriptEnd(new ExitStatus(code, signal), WasEnded: signal != 0, isLeft ? run.Pid : 0), now);
    }

    public void PassLimit(string text, Instant now)
    {
        ModelRun run = _running.First(run => run.Text.StartsWith(text, StringComparison.Ordinal));
        run.Observer.OnOverdue(run, now);
    }

    private sealed class ModelRun(ModelScripts scripts, int pid, string text, IScriptObserver observer) : IScriptRun
    {
        public int Pid => pid;

        public bool EndsWhatItLeaves { get; set; }

        public string Text => text;

        public IScriptObserver Observer => observer;

        public byte[] Says { get; set; } = [];

        public ReadOnlySpan<byte> LastErrorLine => Says;

        public void Terminate() => scripts.Diary.Add($"term {text}");

        public void Kill() => scripts.Diary.Add($"kill {text}");
    }
}
