namespace KeepalivedAot.Daemon.Control;

/// <summary>What can be asked of the daemon beside its instances.</summary>
internal interface IDaemonCommands
{
    /// <summary>Reads the configuration anew; the reply is complete when that is over.</summary>
    IControlReply Reload();

    /// <summary>What a reload with another file would do; the reply is complete when that is known.</summary>
    IControlReply Plan(string path, bool asJson);

    /// <param name="what">Which file: <c>data</c>, <c>stats</c>, <c>json</c>.</param>
    IControlReply Dump(string what);

    /// <param name="level">As the user wrote it.</param>
    IControlReply SetLogLevel(string level);
}
