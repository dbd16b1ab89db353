using KeepalivedAot.Daemon.Scripts;

namespace KeepalivedAot.Daemon.Notifications;

/// <summary>One script that is to be run because of one notice.</summary>
/// <param name="Order">Counts all jobs of the program: what was noticed first has the smaller number.</param>
/// <param name="Arguments">Behind those of the configuration.</param>
internal sealed record NotificationJob(long Order, Notice Notice, ScriptProgram Program, string[] Arguments);
