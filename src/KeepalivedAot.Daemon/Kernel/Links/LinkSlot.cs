using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Kernel.Links;

/// <summary>Whose an interface in the kernel is.</summary>
internal enum LinkPresence : byte
{
    Absent,

    /// <summary>We made it, so we take it away.</summary>
    Ours,

    /// <summary>It was there, just as it is wanted, so it stays.</summary>
    Foreign,
}

/// <summary>One interface that is made for an instance: what is wanted, and what is.</summary>
/// <param name="owner">The instance, for the log.</param>
internal sealed class LinkSlot(int tag, string owner, NetworkInterface device, LinkDefinition definition)
{
    public int Tag => tag;

    public string Owner => owner;

    /// <summary>The interface itself, which need not exist.</summary>
    public NetworkInterface Device => device;

    public LinkDefinition Definition { get; set; } = definition;

    /// <summary>How many list it.</summary>
    public int Users { get; set; }

    public int Wanted { get; set; }

    public LinkPresence Presence { get; set; }

    /// <summary>The interface below when it was made; null until then.</summary>
    public NetworkInterface? StandsOn { get; set; }

    /// <summary>What somebody else has renamed it to: it goes, and another one is made. Null for nobody has.</summary>
    public KernelName? RenamedTo { get; set; }

    /// <summary>It is in the kernel by another definition: it is taken away and made anew.</summary>
    public bool IsOutdated { get; set; }

    /// <summary>It has been made, but not been set up and switched on yet.</summary>
    public bool NeedsSetup { get; set; }

    /// <summary>The settings of the base that it needs are asked for.</summary>
    public bool HoldsSettings { get; set; }

    /// <summary>Settings of its own are asked for: it is somebody else's, and gets them back.</summary>
    public bool HoldsDeviceSettings { get; set; }

    /// <summary>Removals of ours whose notification has not come yet.</summary>
    public int OwnRemovals { get; set; }

    /// <summary>The VRF that it was put into last; 0 = none.</summary>
    public int Master { get; set; }

    public bool IsDirty { get; set; }

    /// <summary>What was refused may succeed when it is tried again.</summary>
    public bool IsBehind { get; set; }

    /// <summary>What the kernel last refused a request with, since one succeeded.</summary>
    public Errno Refusal { get; set; }
}
