namespace KeepalivedAot.Vrrp.Groups;

/// <summary>What keeps the members of a group in FAULT, seen from one of them: the others' faults.</summary>
public enum GroupFault : byte
{
    None,

    /// <summary>Another member waits for something that it tracks to be heard of; nobody is told.</summary>
    Held,

    /// <summary>Another member has a fault.</summary>
    Present,
}
