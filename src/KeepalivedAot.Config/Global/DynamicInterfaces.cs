using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Global;

/// <summary>Whether a configuration may name interfaces that do not exist.</summary>
public enum DynamicInterfaces : byte
{
    /// <summary>No: such a configuration cannot be run.</summary>
    No,

    /// <summary>Yes; an interface that is re-created must be of the same kind.</summary>
    [Word("")] Yes,

    /// <summary>Yes, and a re-created interface may be of another kind.</summary>
    [Word("allow_if_changes")] AllowChanges,
}
