namespace KeepalivedAot.Config.Schema;

/// <summary>
/// keepalived does something with the value that has no place in keepalived-aot, today or later: the name of a process that there is
/// not. It is read and checked, and a warning says why nothing comes of it.
/// </summary>
/// <param name="why">A clause: "there is one process".</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotHereAttribute(string why) : Attribute
{
    public string Why { get; } = why;
}
