using KeepalivedAot.Base;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Routing;
using KeepalivedAot.Config.Text;
using KeepalivedAot.Config.VirtualServers;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config;

/// <summary>A reading that is done in steps, for whoever has something else to do in between: a block of the top level, a group of checks.</summary>
/// <remarks>Files are read when the first line of them is; who changes them meanwhile may be read half old and half new, as with any reading.</remarks>
public sealed class ConfigurationLoading
{
    private readonly SourceMap _sources = new();
    private readonly DiagnosticBag _diagnostics;
    private readonly Configuration _configuration = new();
    private readonly LoadOptions _options;
    private readonly LogicalReader _reader;
    private readonly Parser _parser;
    private Stage _stage = Stage.Begin;
    private LoadResult? _result;

    /// <param name="path">The main file, or a pattern.</param>
    public ConfigurationLoading(string path, IConfigFiles files, LoadOptions options)
    {
        _options = options;
        _diagnostics = new DiagnosticBag(_sources);
        LogicalSource source = new(
            path, new ReadOnceFiles(files), options.ConfigId, options.Seed, options.ChecksIncludes ? IncludeChecks.All : IncludeChecks.None, options.MostMemory);
        _reader = new LogicalReader(source, _sources, _diagnostics);
        _parser = new Parser(_reader, _diagnostics, _configuration, options);
    }

    /// <summary>When <see cref="Next"/> has said that all is done.</summary>
    public LoadResult Result
    {
        get
        {
            Invariant.Require(_result is not null, "the reading is over");
            return _result!;
        }
    }

    /// <summary>Wipes the text that was read so far, of a reading that is given up: there may be keys in it.</summary>
    public void GiveUp()
    {
        _sources.Wipe();
        foreach (VrrpInstanceBlock instance in _configuration.VrrpInstances)
            instance.WipeSecrets();
    }

    /// <summary>Does a step.</summary>
    /// <returns>False: that was all.</returns>
    public bool Next()
    {
        switch (_stage)
        {
            case Stage.Begin:
                _parser.BeginFile(_configuration);
                _stage = Stage.Text;
                return true;
            case Stage.Text:
                if (!_parser.ParseNext())
                    _stage = EndText();
                return _stage != Stage.Over;
            case Stage.Checks:
                GlobalChecks.Run(_configuration, _diagnostics);
                RoutingChecks.Run(_configuration, _options.Names, _diagnostics);
                _stage = Stage.VrrpChecks;
                return true;
            case Stage.VrrpChecks:
                VrrpChecks.Run(_configuration, _diagnostics);
                _stage = Stage.GroupChecks;
                return true;
            case Stage.GroupChecks:
                GroupChecks.Run(_configuration, _diagnostics);
                _stage = Stage.ServerChecks;
                return true;
            case Stage.ServerChecks:
                VirtualServerChecks.Run(_configuration, _options.KeepsServers, _diagnostics);
                _result = new LoadResult(_configuration, _diagnostics, _sources) { Built = (_reader.BytesBuilt, _parser.BytesOfServers) };
                _stage = Stage.Over;
                return false;
            default:
                return false;
        }
    }

    private Stage EndText()
    {
        // A password may stand behind the mistake whose message has it.
        _diagnostics.Conceal();
        if (!_reader.IsCutShort)
            return Stage.Checks;
        // What half of it means together nobody wants to know, and it may be too large to be looked at.
        _result = new LoadResult(new Configuration(), _diagnostics, _sources);
        return Stage.Over;
    }

    private enum Stage
    {
        Begin,
        Text,
        Checks,
        VrrpChecks,
        GroupChecks,
        ServerChecks,
        Over,
    }
}
