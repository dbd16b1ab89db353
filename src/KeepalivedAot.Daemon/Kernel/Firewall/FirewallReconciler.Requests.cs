using System.Runtime.InteropServices;
using System.Text;
using KeepalivedAot.Base.Logging;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink.Nftables;

namespace KeepalivedAot.Daemon.Kernel.Firewall;

// What is asked of the kernel, and what its answers mean.
internal sealed partial class FirewallReconciler
{
    // By tag: what each request of the transaction is about.
    private readonly List<(object What, bool IsRemoval)> _asked = [];

    // Of the transaction: the first that was refused, why, and the kernel's sentence.
    private Errno _refusal;
    private (object What, bool IsRemoval) _refused;
    private string _sentence = "";

    private Errno _openRefusal;

    /// <summary>Puts into the kernel what is missing: before the addresses are there.</summary>
    public void FlushAdditions()
    {
        if (_isChangedByOthers)
            LookForChanges();
        FlushAdditions(_ipv4);
        FlushAdditions(_ipv6);
    }

    /// <summary>Takes away what is too much: when the addresses have gone.</summary>
    public void FlushRemovals()
    {
        FlushRemovals(_ipv4);
        FlushRemovals(_ipv6);
    }

    /// <summary>
    /// Takes away the tables that an earlier run left, of ours or of keepalived: those on record, and those of the configured name when
    /// this configuration may need one.
    /// </summary>
    public void RemoveLeftovers(IEnumerable<(AddressFamily Family, string Name)> recorded)
    {
        HashSet<(AddressFamily Family, string Name)> suspects = [.. recorded];
        if (IsNeeded)
            suspects.UnionWith([(AddressFamily.IPv4, Settings.Table), (AddressFamily.IPv6, Settings.Table)]);
        foreach ((AddressFamily family, string name) in suspects)
        {
            if (!TryOpen())
                return;
            NftablesTable leftover = new(family, name);
            Errno error = kernel.FindTable(leftover, out _);
            if (error != Errno.None)
            {
                if (error != Errno.ENOENT)
                    log.Write(LogLevel.Warning, EventIds.FirewallRefused, $"Netlink: cannot look for {leftover.ToString()} - {new ErrnoText(error)}");
                continue;
            }
            log.Write(LogLevel.Info, EventIds.FirewallTable, $"Removing {leftover.ToString()}: an earlier run left it there");
            kernel.DeleteTable(leftover, Ask(leftover, isRemoval: true));
            if (Commit())
                continue;
            LogRefusal(Of(family));
            // What is refused of our own table later is told on its own.
            Of(family).Refusal = Errno.None;
        }
    }

    /// <summary>Takes away the tables with all that is in them: the end.</summary>
    public void RemoveTables()
    {
        RemoveTable(_ipv4);
        RemoveTable(_ipv6);
    }

    public void OnResult(int tag, Errno error, ReadOnlySpan<byte> extack)
    {
        (object What, bool IsRemoval) asked = _asked[tag];
        if (error == Errno.None)
        {
            if (asked.What is FirewallSlot slot)
                slot.IsPresent = !asked.IsRemoval;
            return;
        }
        // What was undone with another says nothing of itself.
        if (_refusal is not (Errno.None or Errno.ECANCELED))
            return;
        _refusal = error;
        _refused = asked;
        _sentence = Encoding.UTF8.GetString(extack);
    }

    private void FlushAdditions(FirewallTable table)
    {
        if (table.IsRenewalDue)
        {
            Renew(table);
            return;
        }
        FirewallParts wanted = FirewallParts.None;
        foreach (FirewallSlot slot in CollectionsMarshal.AsSpan(table.Dirty))
        {
            if (IsMissing(slot))
                wanted |= slot.Part;
        }
        if (wanted == FirewallParts.None || !TryOpen())
            return;
        if (table.IsDoubtful)
        {
            Renew(table);
            return;
        }
        RequestParts(table, wanted);
        foreach (FirewallSlot slot in CollectionsMarshal.AsSpan(table.Dirty))
        {
            if (IsMissing(slot))
                RequestAddition(slot);
        }
        if (Commit())
            Settle(table, table.Present | wanted);
        else
            Renew(table);
    }

    private void FlushRemovals(FirewallTable table)
    {
        if (table.Dirty.Count == 0 && !table.HasTooMuch)
            return;
        bool isTooMuch = table.HasTooMuch;
        foreach (FirewallSlot slot in CollectionsMarshal.AsSpan(table.Dirty))
        {
            slot.IsDirty = false;
            if (slot.IsDue)
                continue;
            // What a table that was refused may still hold goes when it is made anew.
            if (table.IsDoubtful)
                isTooMuch |= table.Installed is not null;
            else if (slot.IsPresent)
                kernel.DeleteElement(slot.SetOf(table.Layout!), slot.Installed, Ask(slot, isRemoval: true));
        }
        table.Dirty.Clear();
        if (!Commit() || isTooMuch)
            Renew(table);
    }

    private static bool IsMissing(FirewallSlot slot) => slot.IsDue && !(slot.IsPresent && slot.Installed == slot.Element);

    // All of it anew, in one transaction: what is wanted is dropped all the time, and what others have done to it is gone.
    private void Renew(FirewallTable table)
    {
        table.IsRenewalDue = false;
        FirewallParts parts = table.Present & table.Needed;
        foreach (FirewallSlot slot in table.Slots)
        {
            slot.IsPresent = false;
            if (slot.IsDue)
                parts |= slot.Part;
        }
        if (parts == FirewallParts.None)
        {
            RemoveTable(table);
            return;
        }
        if (!TryOpen())
            return;
        FirewallLayout layout = table.Layout ??= new FirewallLayout(table.Family, Settings);
        if (table.Installed is { } former && former.Name != layout.Table.Name)
            RequestRemoval(former);
        RequestRemoval(layout.Table);
        table.Present = FirewallParts.None;
        RequestParts(table, parts);
        foreach (FirewallSlot slot in table.Slots)
        {
            if (slot.IsDue)
                RequestAddition(slot);
        }
        if (Commit())
        {
            Settle(table, parts);
            return;
        }
        table.IsDoubtful = true;
        LogRefusal(table);
        // Of a transaction that was sent in pieces something may have been done. A kernel without nf_tables has done nothing: there is nothing to be
        // removed at the stop, and nothing to be kept on record for the next start.
        Errno found = kernel.FindTable(layout.Table, out _);
        bool isMissing = found == Errno.ENOENT || (found != Errno.None && _refusal == Errno.EOPNOTSUPP);
        if (!isMissing)
            table.Installed = layout.Table;
        else if (table.Installed?.Name == layout.Table.Name)
            table.Installed = null;
    }

    private void RemoveTable(FirewallTable table)
    {
        if (table.Installed is not { } installed || !TryOpen())
            return;
        RequestRemoval(installed);
        if (!Commit())
        {
            table.IsDoubtful = true;
            LogRefusal(table);
            return;
        }
        table.Installed = null;
        Settle(table, FirewallParts.None);
        foreach (FirewallSlot slot in table.Slots)
            slot.IsPresent = false;
    }

    // To remove what is not there is refused, so it is made first.
    private void RequestRemoval(NftablesTable table)
    {
        kernel.AddTable(table, Ask(table));
        kernel.DeleteTable(table, Ask(table, isRemoval: true));
    }

    private void RequestParts(FirewallTable table, FirewallParts parts)
    {
        FirewallLayout layout = table.Layout ??= new FirewallLayout(table.Family, Settings);
        if (table.Present == FirewallParts.None)
            kernel.AddTable(layout.Table, Ask(layout.Table));
        if ((parts & ~table.Present) != FirewallParts.None)
            layout.Request(kernel, parts, table.Present, what => Ask(what));
    }

    private void RequestAddition(FirewallSlot slot)
    {
        NftablesSet set = slot.SetOf(slot.Table.Layout!);
        if (slot.IsPresent)
            kernel.DeleteElement(set, slot.Installed, Ask(slot, isRemoval: true));
        slot.Installed = slot.Element;
        kernel.AddElement(set, slot.Installed, Ask(slot));
    }

    private int Ask(object what, bool isRemoval = false)
    {
        _asked.Add((what, isRemoval));
        return _asked.Count - 1;
    }

    /// <returns>False when something was refused.</returns>
    private bool Commit()
    {
        _refusal = Errno.None;
        if (_asked.Count == 0)
            return true;
        kernel.CommitRuleset();
        _asked.Clear();
        return _refusal == Errno.None;
    }

    // Everything is in the kernel as it is wanted.
    private void Settle(FirewallTable table, FirewallParts parts)
    {
        bool isAnother = parts != table.Present;
        table.Present = parts;
        table.Refusal = Errno.None;
        table.IsDoubtful = false;
        if (!isAnother)
            return;
        if (parts != FirewallParts.None)
            table.Installed = table.Layout!.Table;
        LearnStatus(table);
    }

    private void LearnStatus(FirewallTable table)
    {
        table.Status = default;
        if (table.Installed is null)
            return;
        Errno error = kernel.FindTable(table.Installed, out NftablesTableStatus status);
        table.Status = status;
        OsError failure = error != Errno.None ? new OsError("NFT_MSG_GETTABLE", null, error) : kernel.ObserveRuleset(this);
        if (failure.IsError)
            log.Write(LogLevel.Warning, EventIds.FirewallRefused, $"That others change {table.Installed.ToString()} goes unnoticed: {failure}");
    }

    private void LookForChanges()
    {
        Instant now = clock();
        if (now < _nextRepair)
        {
            IsBehind = true;
            return;
        }
        _isChangedByOthers = false;
        LookForChanges(_ipv4, now);
        LookForChanges(_ipv6, now);
    }

    private void LookForChanges(FirewallTable table, Instant now)
    {
        if (table.Installed is null || table.IsDoubtful)
            return;
        Errno error = kernel.FindTable(table.Installed, out NftablesTableStatus status);
        if (error == Errno.None && status == table.Status)
            return;
        if (error is not (Errno.None or Errno.ENOENT))
        {
            // Not known yet.
            _isChangedByOthers = true;
            IsBehind = true;
            return;
        }
        log.Write(
            LogLevel.Info, EventIds.FirewallTable,
            $"Restoring {table.Installed.ToString()}: somebody else has {(error == Errno.ENOENT ? "removed" : "changed")} it");
        table.IsDoubtful = true;
        table.IsRenewalDue = true;
        _nextRepair = now + RestAfterRepair;
    }

    private bool TryOpen()
    {
        OsError failure = kernel.OpenFirewall(this);
        if (failure.IsError && failure.Errno != _openRefusal)
            log.Write(LogLevel.Error, EventIds.FirewallRefused, $"No packets are dropped for no_accept: nf_tables cannot be reached: {failure}");
        IsBehind |= Refusals.MayPass(failure.Errno);
        _openRefusal = failure.Errno;
        return !failure.IsError;
    }

    private void LogRefusal(FirewallTable table)
    {
        IsBehind |= Refusals.MayPass(_refusal);
        // One line for a row of equal refusals.
        if (table.Refusal == _refusal)
            return;
        table.Refusal = _refusal;
        string verb = _refused.IsRemoval ? "remove" : "add";
        string what = _refused.What.ToString()!;
        if (_sentence.Length == 0)
            log.Write(LogLevel.Error, EventIds.FirewallRefused, $"Netlink: cannot {verb} {what} - {new ErrnoText(_refusal)}");
        else
            log.Write(LogLevel.Error, EventIds.FirewallRefused, $"Netlink: cannot {verb} {what} - {new ErrnoText(_refusal)}: {_sentence}");
    }
}
