using KeepalivedAot.Vrrp.Fsm;

namespace KeepalivedAot.Vrrp.Groups;

/// <summary>What a sync group does to its world.</summary>
public interface IVrrpGroupEffects
{
    /// <summary>
    /// The state of the group is another one, for notifications: at the start before its members have told theirs, afterwards when all of
    /// them have. <see cref="VrrpState.Initialize"/> is the end.
    /// </summary>
    void OnGroupState(VrrpGroup group, VrrpState state);
}
