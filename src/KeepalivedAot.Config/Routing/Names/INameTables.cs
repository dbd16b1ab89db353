namespace KeepalivedAot.Config.Routing.Names;

/// <summary>Which number a name of iproute2's stands for on the host that is configured.</summary>
/// <remarks>Only names that the program does not know itself are asked for, once the file has been read.</remarks>
public interface INameTables
{
    /// <summary>Looks where <c>iproute_etc_dir</c> and <c>iproute_usr_dir</c> say; null is where iproute2 itself would.</summary>
    void UseDirectories(string? etc, string? usr);

    NameAnswer Find(NameTable table, string name, out uint number);
}

/// <summary>What is known of a name.</summary>
public enum NameAnswer : byte
{
    Found,

    /// <summary>The host that is configured does not have it.</summary>
    Unknown,

    /// <summary>The host that is configured is another one, and may have it.</summary>
    NotKnownHere,
}
