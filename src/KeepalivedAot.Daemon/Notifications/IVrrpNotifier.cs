using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Fsm;
using KeepalivedAot.Vrrp.Watch;

namespace KeepalivedAot.Daemon.Notifications;

/// <summary>Who tells others what has become of instances and groups. Nothing is done before the turn of the loop ends.</summary>
internal interface IVrrpNotifier
{
    /// <param name="priority">The effective one.</param>
    void OnTransition(VrrpInstanceBlock instance, in Transition transition, Priority priority);

    /// <summary>A master heard a lower priority.</summary>
    void OnLowerPriorityHeard(VrrpInstanceBlock instance, Priority priority);

    void OnPriorityChanged(VrrpInstanceBlock instance, VrrpState state, Priority priority);

    /// <summary>Something is wrong with another router or host.</summary>
    void OnConflict(VrrpInstanceBlock instance, in Conflict conflict);
}
