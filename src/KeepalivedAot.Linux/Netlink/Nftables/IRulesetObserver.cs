namespace KeepalivedAot.Linux.Netlink.Nftables;

/// <summary>Is told that others have changed something of nf_tables.</summary>
public interface IRulesetObserver
{
    /// <summary>A transaction of somebody else has been committed, or word of some was lost: any table may be another one now.</summary>
    void OnRulesetChanged();
}
