using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Bfd;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Tracking;

/// <summary>What can be tracked, as far as the file has been read: a line that names one must come after its definition.</summary>
internal sealed class Trackers
{
    /// <summary>About so many bytes it takes to find a BFD session by its addresses.</summary>
    public const int SessionWeight = 144;

    private readonly Dictionary<string, VrrpScriptBlock> _scripts = [];
    private readonly Dictionary<string, TrackFileBlock> _files = [];
    private readonly Dictionary<string, VrrpTrackProcessBlock> _processes = [];
    private readonly Dictionary<string, BfdInstanceBlock> _sessions = [];
    private readonly Dictionary<(IpAddress Neighbor, IpAddress Source, bool Multihop), BfdInstanceBlock> _sessionsByPeer = [];

    /// <summary>What is defined now is not kept.</summary>
    public bool IsClosed { get; set; }

    public VrrpScriptBlock? FindScript(string name) => _scripts.GetValueOrDefault(name);
    public TrackFileBlock? FindFile(string name) => _files.GetValueOrDefault(name);
    public VrrpTrackProcessBlock? FindProcess(string name) => _processes.GetValueOrDefault(name);
    public BfdInstanceBlock? FindBfd(string name) => _sessions.GetValueOrDefault(name);

    public void Add(VrrpScriptBlock script)
    {
        if (!IsClosed)
            _scripts[script.Name] = script;
    }

    public void Add(VrrpTrackProcessBlock process)
    {
        if (!IsClosed)
            _processes[process.Name] = process;
    }

    public void Add(BfdInstanceBlock session)
    {
        if (IsClosed)
            return;
        _sessions[session.Name] = session;
        _sessionsByPeer[(session.Neighbor, session.Source, session.Multihop)] = session;
    }

    /// <summary>The session with the same addresses, which the other side could not tell from this one.</summary>
    public BfdInstanceBlock? FindLike(BfdInstanceBlock session) => _sessionsByPeer.GetValueOrDefault((session.Neighbor, session.Source, session.Multihop));

    /// <summary>False, and said, when there is a file of that name: <c>track_file</c> and <c>vrrp_track_file</c> are one.</summary>
    public bool TryAdd(TrackFileBlock file, Parser parser)
    {
        if (IsClosed || _files.TryAdd(file.Name, file))
            return true;
        Diagnostic duplicate = parser.Diagnostics.Report(
            DiagnosticCatalogue.DuplicateName, file.Spans.Name, $"there is a 'track_file {file.Name}' already; this one is ignored");
        parser.Diagnostics.Relate(duplicate, _files[file.Name].Spans.Name, "first defined here");
        return false;
    }

    /// <summary>Where something was defined that lines of a list can name; none when it was not.</summary>
    /// <param name="list">track_script and so on; interfaces are not defined anywhere.</param>
    public SourceSpan PlaceOf(string list, string name) => list switch
    {
        "track_script" => FindScript(name)?.Spans.Name ?? default,
        "track_file" => FindFile(name)?.Spans.Name ?? default,
        "track_process" => FindProcess(name)?.Spans.Name ?? default,
        "track_bfd" => FindBfd(name)?.Spans.Name ?? default,
        _ => default,
    };

    /// <summary>The names that lines of a list can have, as far as they are known.</summary>
    public IEnumerable<string> NamesFor(string list) => list switch
    {
        "track_script" => _scripts.Keys,
        "track_file" => _files.Keys,
        "track_process" => _processes.Keys,
        "track_bfd" => _sessions.Keys,
        _ => [],
    };
}
