using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Daemon.Routers;

/// <summary>Is told what becomes of sync groups, in the order in which notifications about them go out.</summary>
internal interface IGroupObserver
{
    /// <summary>
    /// At the start before the group's members have told their first state; afterwards when all of them have told the new one.
    /// <see cref="VrrpState.Initialize"/>: all have stopped.
    /// </summary>
    void OnGroupState(string group, VrrpState state);
}
