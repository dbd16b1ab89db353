using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Config.VirtualServers;

// What services ask of a group; many may ask, so it is found once. The entries do not change when the file has been read.
public sealed partial class VirtualServerGroupBlock
{
    private Content? _content;

    internal bool HasAddresses => Found.First is not null;

    internal bool HasMarks => Found.HasMarks;

    /// <summary>Some address has no port.</summary>
    internal bool HasAddressesWithoutPort => Found.HasPortless;

    /// <summary>The first entry of a family, or with none the first mark without one; null when there is none.</summary>
    internal GroupEntry? Has(AddressFamily family)
        => Entries.Find(entry => (entry.Mark?.Family ?? entry.Range?.First.Family ?? family) == family);

    private Content Found => _content ??= new Content(Entries);

    /// <summary>The first address whose port is another one; null when there is none.</summary>
    internal AddressRange? FindOtherPort(ushort port) => Found.First?.Port != port ? Found.First : Found.Other;

    private sealed class Content
    {
        public Content(List<GroupEntry> entries)
        {
            foreach (GroupEntry entry in entries)
            {
                HasMarks |= entry.Mark is not null;
                if (entry.Range is not { } range)
                    continue;
                HasPortless |= range.Port == 0;
                First ??= range;
                if (Other is null && range.Port != First.Value.Port)
                    Other = range;
            }
        }

        public bool HasMarks { get; }
        public bool HasPortless { get; }

        /// <summary>The first address.</summary>
        public AddressRange? First { get; }

        /// <summary>The first one whose port is not that of <see cref="First"/>.</summary>
        public AddressRange? Other { get; }
    }
}
