using KeepalivedAot.Daemon.Routers;

namespace KeepalivedAot.Daemon.Metrics;

/// <summary>The labels that nearly every sample of an instance begins with, written once: a text has them some twenty times.</summary>
/// <remarks>They are those of one configuration, and as long as that they stay.</remarks>
internal sealed class InstanceLabels(IReadOnlyList<VrrpInstance> instances)
{
    // Longer than any name that somebody has given; what does not fit is written out each time.
    private const int LongestText = 512;

    private readonly byte[]?[] _text = new byte[instances.Count][];

    public IReadOnlyList<VrrpInstance> Instances => instances;

    /// <summary>One that was made for it, or the one that the configuration names; null for unicast that is not bound to one.</summary>
    public static string? InterfaceOf(VrrpInstance instance) => instance.Interface?.Name ?? instance.Block.Interface;

    /// <summary>Writes <c>iname</c>, <c>intf</c> and <c>vrid</c>.</summary>
    public void Write(MetricsText text, int item)
    {
        if (_text[item] is { } known)
        {
            text.Labels(known);
            return;
        }
        VrrpInstance instance = instances[item];
        int before = text.Length;
        text.Label("iname"u8, instance.Name);
        text.Label("intf"u8, InterfaceOf(instance));
        text.Label("vrid"u8, instance.Vrid.Value);
        if (!text.IsFull && text.Length - before <= LongestText)
            _text[item] = text.Written[before..].ToArray();
    }
}
