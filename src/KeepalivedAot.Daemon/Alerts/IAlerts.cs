using KeepalivedAot.Mail;

namespace KeepalivedAot.Daemon.Alerts;

/// <summary>Who is told when something happens that mail is sent about. The last of the notifications of a transition.</summary>
internal interface IAlerts
{
    /// <param name="isWanted">The instance's <c>smtp_alert</c>.</param>
    /// <param name="lastMailed">Kept by the caller for each instance: a state is mailed once, until another one has been.</param>
    void OnInstanceState(string name, AlertState state, bool isWanted, ref AlertState? lastMailed);

    /// <summary>The same for a sync group, after its members'.</summary>
    void OnGroupState(string name, AlertState state, bool isWanted, ref AlertState? lastMailed);
}

/// <summary>Nobody is told.</summary>
internal sealed class NoAlerts : IAlerts
{
    public static readonly NoAlerts Instance = new();

    public void OnInstanceState(string name, AlertState state, bool isWanted, ref AlertState? lastMailed)
    {
        // A configuration test has instances, and sends nothing.
    }

    public void OnGroupState(string name, AlertState state, bool isWanted, ref AlertState? lastMailed)
    {
        // As above.
    }
}
