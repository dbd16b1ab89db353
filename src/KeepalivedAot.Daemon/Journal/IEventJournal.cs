using KeepalivedAot.Daemon.Tracking;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Daemon.Journal;

/// <summary>Who writes down what has happened, and why.</summary>
internal interface IEventJournal
{
    void OnTransition(string instance, in Transition transition, Priority effective);

    void OnPriorityChanged(string instance, VrrpState state, Priority effective, string? because);

    void OnGroupState(string group, VrrpState state);

    void OnTracked(TrackedThing thing);

    void OnConflict(string instance, in Conflict conflict);
}

/// <summary>Nobody does.</summary>
internal sealed class NoJournal : IEventJournal
{
    public static readonly NoJournal Instance = new();

    public void OnTransition(string instance, in Transition transition, Priority effective)
    {
        // Nobody is to know.
    }

    public void OnPriorityChanged(string instance, VrrpState state, Priority effective, string? because)
    {
        // Nobody is to know.
    }

    public void OnGroupState(string group, VrrpState state)
    {
        // Nobody is to know.
    }

    public void OnTracked(TrackedThing thing)
    {
        // Nobody is to know.
    }

    public void OnConflict(string instance, in Conflict conflict)
    {
        // Nobody is to know.
    }
}
