using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Global;

// FIFOs that events are written to.
public sealed partial class GlobalDefsBlock
{
    /// <summary>A FIFO that all events are written to, one to a line. It is made, with mode 0644, if it is not there.</summary>
    [Keyword("notify_fifo", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true)]
    public FifoPath? NotifyFifo { get; private set; }

    /// <summary>A program that reads the FIFO of the line before; it is started with the FIFO's path as its last argument.</summary>
    [Keyword("notify_fifo_script", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true)]
    public ConfigScript? NotifyFifoScript { get; private set; }

    /// <summary>A FIFO that events of VRRP are written to, one to a line. It is made, with mode 0644, if it is not there.</summary>
    [Keyword("vrrp_notify_fifo", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true)]
    public FifoPath? VrrpNotifyFifo { get; private set; }

    /// <summary>A program that reads the FIFO of the line before; it is started with the FIFO's path as its last argument.</summary>
    [Keyword("vrrp_notify_fifo_script", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true)]
    public ConfigScript? VrrpNotifyFifoScript { get; private set; }

    /// <summary>
    /// A FIFO that events of virtual and real servers are written to, one to a line. It is made, with mode 0644, if it is not there.
    /// </summary>
    [Keyword("lvs_notify_fifo", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true)]
    public FifoPath? LvsNotifyFifo { get; private set; }

    /// <summary>A program that reads the FIFO of the line before; it is started with the FIFO's path as its last argument.</summary>
    [Keyword("lvs_notify_fifo_script", Since = "1.3.6", Default = "none", SurvivesMissingValue = true, FirstWins = true)]
    public ConfigScript? LvsNotifyFifoScript { get; private set; }

    /// <summary>Default of notify_priority_changes: write changes of priorities to the notify FIFOs, too.</summary>
    [Keyword("vrrp_notify_priority_changes", Since = "2.0.16", Optional = true)]
    public bool NotifyPriorityChanges { get; private set; }

    /// <summary>Write the states of all instances to the notify FIFOs after each reload.</summary>
    [Sets("fifo_write_vrrp_states_on_reload", Since = "2.2.5")]
    public bool FifoWriteStatesOnReload { get; private set; }
}
