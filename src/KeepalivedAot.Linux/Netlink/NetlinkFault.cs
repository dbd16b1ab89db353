namespace KeepalivedAot.Linux.Netlink;

/// <summary>What is wrong with bytes that should be a netlink message.</summary>
public enum NetlinkFault : byte
{
    None,
    /// <summary>Fewer bytes than a message header.</summary>
    TruncatedHeader,
    /// <summary>nlmsg_len is smaller than the header itself.</summary>
    MessageLengthTooSmall,
    /// <summary>nlmsg_len reaches beyond the bytes that were received.</summary>
    MessageLengthTooLarge,
    /// <summary>The payload is shorter than the fixed part of its type.</summary>
    TruncatedPayload,
    /// <summary>rta_len is smaller than an attribute's header.</summary>
    AttributeLengthTooSmall,
    /// <summary>rta_len reaches beyond the message or the attribute around it.</summary>
    AttributeLengthTooLarge,
    /// <summary>An attribute's value has a size that its type does not allow.</summary>
    AttributeSize,
    /// <summary>An attribute that every message of the type carries is not there.</summary>
    MissingAttribute,
}
