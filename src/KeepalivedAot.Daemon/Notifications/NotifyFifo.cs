using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Config.Values;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Scripts;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Notifications;

/// <summary>One FIFO and the script that reads it.</summary>
/// <remarks>
/// Before each line it is looked whether the path still leads to our FIFO. What has taken its place is written to only if it is a FIFO that
/// could have been opened in the first place. Lines that do not fit are left out, as with keepalived; how many, the log says.
/// </remarks>
internal sealed class NotifyFifo : IScriptObserver
{
    private const uint Mode = 0x1A4; // 0644

    private readonly string _kind;
    private readonly string _path;
    private readonly (uint User, uint Group)? _owner;
    private readonly IScriptRunner _runner;
    private readonly Log _log;
    private NamedPipe? _pipe;
    private IScriptRun? _run;
    private ScriptProgram? _program;
    private ConfigScript? _script;
    private Reader _reader;
    private bool _wasMadeByUs;
    private Errno _reported;
    private int _leftOut;

    /// <param name="kind">For messages: "", "vrrp ", "lvs ".</param>
    public NotifyFifo(string kind, string path, (uint User, uint Group)? owner, IScriptRunner runner, Log log)
    {
        _kind = kind;
        _path = path;
        _owner = owner;
        _runner = runner;
        _log = log;
    }

    /// <summary>The script.</summary>
    private enum Reader
    {
        /// <summary>There is none, or it has ended by itself, or could not be run.</summary>
        None,

        /// <summary>It starts as soon as there is a FIFO to read.</summary>
        AwaitsFifo,

        Runs,

        /// <summary>It is being ended, and another one, or none, comes after it.</summary>
        IsReplaced,
    }

    public bool IsFor(string path, (uint User, uint Group)? owner) => path == _path && owner == _owner;

    /// <summary>Sees to it that our FIFO is at the path, and that its script runs if it has waited for that.</summary>
    /// <returns>False: it cannot be, which has been said.</returns>
    public bool Open()
    {
        if (_pipe is not null && !IsInPlace())
        {
            _pipe.Dispose();
            _pipe = null;
            _wasMadeByUs = false;
        }
        if (_pipe is not null)
            return true;
        _pipe = NamedPipe.Open(_path, Mode, _owner, out OsError error);
        if (_pipe is null)
        {
            Report(error);
            return false;
        }
        _wasMadeByUs |= _pipe.WasMade;
        _reported = Errno.None;
        if (_reader == Reader.AwaitsFifo)
            StartScript();
        return true;
    }

    private void Report(OsError error)
    {
        if (error.Errno == _reported)
            return;
        _reported = error.Errno;
        string why = error.Errno switch
        {
            Errno.EINVAL or Errno.ELOOP => $"Unable to open {_kind}notify fifo {_path} - it is no FIFO; nothing is written to it",
            Errno.EPERM when error.Call == "open" => $"Unable to open {_kind}notify fifo {_path} - it belongs to another user; nothing is written to it",
            _ when error.Call == "mkfifo" => $"Unable to create {_kind}notify fifo {_path}: {error}",
            _ => $"Unable to open {_kind}notify fifo {_path} - errno {(int)error.Errno} ({ErrnoText.Of(error.Errno)})",
        };
        _log.Write(LogLevel.Error, EventIds.FifoFailed, $"{why}");
    }

    /// <summary>Starts its script; one that runs already goes on, unless it is another one now.</summary>
    /// <param name="program">Null when there is none, or it cannot be run.</param>
    public void RunScript(ConfigScript? script, ScriptProgram? program)
    {
        bool isSame = script is not null && _script is not null
            && (script.Command, script.User, script.Group) == (_script.Command, _script.User, _script.Group);
        _program?.Release();
        _program = program?.Hold();
        _script = script;
        if (_run is null)
        {
            StartScript();
        }
        else if (!isSame || program is null)
        {
            // Two readers would share the lines between them: the new one comes when the old one has gone.
            _reader = Reader.IsReplaced;
            _run.Terminate();
        }
    }

    public void EndScript()
    {
        _reader = Reader.None;
        _program?.Release();
        _program = null;
        _script = null;
        _run?.Terminate();
    }

    public void Write(ReadOnlySpan<byte> line)
    {
        if (!Open())
            return;
        Errno error = _pipe!.Write(line);
        if (error == Errno.None)
        {
            if (_leftOut > 0)
                _log.Write(LogLevel.Warning, EventIds.FifoFailed, $"{_kind}notify fifo {_path}: read again; {_leftOut} lines were left out");
            _leftOut = 0;
        }
        else if (_leftOut++ == 0)
        {
            string why = error == Errno.EAGAIN ? "it is full, because nobody reads it" : ErrnoText.Of(error);
            _log.Write(LogLevel.Warning, EventIds.FifoFailed, $"Failed to write to {_kind}notify fifo {_path} - {why}; lines are left out");
        }
    }

    public void Close()
    {
        EndScript();
        if (_pipe is null)
            return;
        OsError failure = _wasMadeByUs ? _pipe.Remove() : OsError.None;
        if (failure.IsError)
            _log.Write(LogLevel.Warning, EventIds.FifoFailed, $"The {_kind}notify fifo stays: {failure}");
        _pipe.Dispose();
        _pipe = null;
    }

    void IScriptObserver.OnOverdue(IScriptRun run, Instant now)
    {
        // It has no limit.
    }

    void IScriptObserver.OnEnded(IScriptRun run, in ScriptEnd end, Instant now)
    {
        _run = null;
        if (end.WasEnded)
            _log.Write(LogLevel.Info, EventIds.FifoScriptEnded, $"{_kind}notify fifo script terminated");
        else if (run.LastErrorLine.IsEmpty)
            _log.Write(LogLevel.Warning, EventIds.FifoScriptEnded, $"{_kind}notify fifo script terminated by itself: {end.Status}");
        else
            _log.Write(LogLevel.Warning, EventIds.FifoScriptEnded, $"{_kind}notify fifo script terminated by itself: {end.Status}: {run.LastErrorLine}");
        if (_reader == Reader.IsReplaced)
            StartScript();
        else
            _reader = Reader.None;
    }

    private void StartScript()
    {
        _reader = _program is null ? Reader.None : Reader.AwaitsFifo;
        if (_program is null || _pipe is null)
            return;
        _run = _runner.Start(_program, [_path], Duration.MaxValue, this);
        _reader = _run is null ? Reader.None : Reader.Runs;
    }

    private bool IsInPlace()
    {
        NamedPipePlace place = _pipe!.Look();
        if (place == NamedPipePlace.Same)
            return true;
        _log.Write(
            LogLevel.Warning, EventIds.FifoFailed,
            $"{_kind}notify fifo {_path} is not what it was: it has been {(place == NamedPipePlace.Missing ? "removed - making it again" : "replaced")}");
        return false;
    }
}
