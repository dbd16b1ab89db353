namespace KeepalivedAot.Daemon.Hosting;

/// <summary>Which keepalived we stand in for, and which release of ours this is.</summary>
public static class ProductVersion
{
    /// <summary>The keepalived release whose behaviour and file formats are followed.</summary>
    public const string Keepalived = "2.4.3";

    /// <summary>Ours; a test compares it with Directory.Build.props.</summary>
    public const string Own = "0.1.0";

    /// <summary>One line that starts as keepalived's does, since scripts look for "Keepalived v".</summary>
    public const string Line = $"Keepalived v{Keepalived} (keepalived-aot {Own})";
}
