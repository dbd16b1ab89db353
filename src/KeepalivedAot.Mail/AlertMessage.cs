namespace KeepalivedAot.Mail;

/// <summary>What an alert says, in keepalived's words: people filter their mail by them.</summary>
/// <param name="Subject">Without the router's name, which is put in front when it is sent.</param>
/// <param name="Body">One line.</param>
public sealed record AlertMessage(string Subject, string Body)
{
    public static AlertMessage OfInstance(string name, AlertState state)
        => new($"VRRP Instance {name} - {EventOf(state)}", BodyOf("Instance", state));

    public static AlertMessage OfGroup(string name, AlertState state) => new(
        $"VRRP Group {name} - {EventOf(state)}",
        state switch
        {
            AlertState.Active => "=> All VRRP group instances are now in MASTER state <=",
            AlertState.Backup => "=> All VRRP group instances are now in BACKUP state <=",
            AlertState.Fault => "=> All VRRP group instances are now in FAULT state <=",
            _ => BodyOf("Group", state),
        });

    private static string EventOf(AlertState state) => state switch
    {
        AlertState.Active => "Entering MASTER state",
        AlertState.Backup => "Entering BACKUP state",
        AlertState.Fault => "Entering FAULT state",
        AlertState.Stop => "Stopping",
        _ => "Deleted",
    };

    private static string BodyOf(string what, AlertState state) => state switch
    {
        AlertState.Active => "=> VRRP Instance is now owning VRRP VIPs <=",
        AlertState.Backup or AlertState.Fault => "=> VRRP Instance is no longer owning VRRP VIPs <=",
        AlertState.Stop => $"=> VRRP {what} stopping <=",
        _ => "=> VRRP Deleted at reload <=",
    };
}
