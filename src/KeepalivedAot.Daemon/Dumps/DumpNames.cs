using KeepalivedAot.Config.Global;

namespace KeepalivedAot.Daemon.Dumps;

/// <summary>Where dumps go (daemon.md, "Dump files").</summary>
/// <param name="directory">$TMPDIR, or /tmp.</param>
/// <param name="infix">NAMESPACE_INSTANCE, as far as there are any; empty without.</param>
internal sealed class DumpNames(string directory, string infix)
{
    private const string Variable = "TMPDIR";
    private const string UsualDirectory = "/tmp";
    private const string UsualStateFile = "keepalived.data";

    public static DumpNames OfHost(string infix)
        => new(Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } given ? given : UsualDirectory, infix);

    public string Statistics => Path.Combine(directory, "keepalived.stats");

    public string Json => Path.Combine(directory, "keepalived.json");

    /// <param name="process">Whose state it is, in keepalived's terms: nothing for VRRP, <c>_parent</c> ...</param>
    public string State(GlobalDefsBlock globals, string process)
    {
        string template = globals.StateDumpFile ?? UsualStateFile;
        if (template.EndsWith('/'))
            template += UsualStateFile;
        string added = process + (globals.DataUseInstance && infix.Length > 0 ? $".{infix}" : "");
        string extension = Path.GetExtension(template);
        return Path.Combine(directory, $"{template[..^extension.Length]}{added}{extension}");
    }
}
