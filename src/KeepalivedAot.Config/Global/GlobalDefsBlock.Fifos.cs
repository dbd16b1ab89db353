using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Global;

// FIFOs that events are written to.
public sealed partial class GlobalDefsBlock
{
    /// <summary>All events are written to this FIFO; it is made with mode 0644 if it is not there.</summary>
    [Keyword("notify_fifo", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true), NotYet]
    public FifoPath? NotifyFifo { get; private set; }

    /// <summary>Reads that FIFO; gets its path as last argument.</summary>
    [Keyword("notify_fifo_script", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true), NotYet]
    public ConfigScript? NotifyFifoScript { get; private set; }

    /// <summary>Events of VRRP are written to this FIFO; it is made with mode 0644 if it is not there.</summary>
    [Keyword("vrrp_notify_fifo", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true), NotYet]
    public FifoPath? VrrpNotifyFifo { get; private set; }

    /// <summary>Reads that FIFO; gets its path as last argument.</summary>
    [Keyword("vrrp_notify_fifo_script", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true), NotYet]
    public ConfigScript? VrrpNotifyFifoScript { get; private set; }

    /// <summary>Events of the checkers are written to this FIFO; it is made with mode 0644 if it is not there.</summary>
    [Keyword("lvs_notify_fifo", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true), NotYet]
    public FifoPath? LvsNotifyFifo { get; private set; }

    /// <summary>Reads that FIFO; gets its path as last argument.</summary>
    [Keyword("lvs_notify_fifo_script", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true), NotYet]
    public ConfigScript? LvsNotifyFifoScript { get; private set; }

    /// <summary>Default of notify_priority_changes.</summary>
    [Keyword("vrrp_notify_priority_changes", Since = "2.0.16", Optional = true), NotYet]
    public bool NotifyPriorityChanges { get; private set; }

    /// <summary>After a reload the states of all instances are written to the FIFOs.</summary>
    [Sets("fifo_write_vrrp_states_on_reload", Since = "2.2.5"), NotYet]
    public bool FifoWriteStatesOnReload { get; private set; }
}
