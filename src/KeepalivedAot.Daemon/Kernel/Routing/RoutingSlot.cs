using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Kernel.Routing;

/// <summary>One route or rule that some instance may want: what is wanted, and what is.</summary>
internal sealed class RoutingSlot(int tag, RoutingLine line)
{
    public int Tag => tag;

    public RoutingLine Line { get; } = line;

    /// <summary>How many list it.</summary>
    public int Users { get; set; }

    /// <summary>How many want it in the kernel now.</summary>
    public int Wanted { get; set; }

    /// <summary>It was put there, or found, and nobody has said that it is gone.</summary>
    public bool IsPresent { get; set; }

    /// <summary>It is asked for again since nobody knows whether it is still there: until the answer it may be, and is taken away if it is not wanted.</summary>
    public bool IsDoubtful { get; set; }

    /// <summary>The kernel took it from us, and we have not taken it away since.</summary>
    public bool IsOwn { get; set; }

    /// <summary>It was there before, put there by somebody else: it stays when we leave.</summary>
    public bool IsForeign { get; set; }

    /// <summary>An earlier run may have put it there: it is taken away before anything else is done, wanted or not.</summary>
    public bool IsLeftover { get; set; }

    /// <summary>For how many it stays, should it be there, although they do not want it yet (<see cref="Roles.KeptObjects"/>).</summary>
    public int Kept { get; set; }

    /// <summary>It should be there, and is asked for again in case it is not.</summary>
    public bool IsReasserted { get; set; }

    public bool IsDirty { get; set; }

    /// <summary>One of its interfaces is down or missing: what becomes of it the kernel does not always tell.</summary>
    public bool IsCutOff { get; set; }

    /// <summary>How soon it is put back when others take it away; null before they first do.</summary>
    public RestorationPace? Pace { get; set; }

    /// <summary>What was refused may succeed when it is tried again.</summary>
    public bool IsBehind { get; set; }

    /// <summary>What the kernel last refused a request with, since one succeeded.</summary>
    public Errno Refusal { get; set; }

    /// <summary>The request that was sent and not answered yet.</summary>
    public RoutingRequest Request { get; set; }
}

internal enum RoutingRequest : byte
{
    None,
    Add,
    Delete,
}
