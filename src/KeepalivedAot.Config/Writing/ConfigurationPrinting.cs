using KeepalivedAot.Config.Values;
using KeepalivedAot.Config.VirtualServers;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Config.Writing;

/// <summary>
/// Makes the prints of all blocks of a configuration, in steps, as there may be thousands. Before secrets are wiped, or these are not seen to
/// differ.
/// </summary>
public sealed class ConfigurationPrinting(Configuration configuration)
{
    private const string Instances = "vrrp_instance";
    private const string Servers = "virtual_server";

    private readonly BlockWriter _writer = new(wants: null);
    private List<WrittenBlock>? _blocks;
    private int _step = -1;

    /// <summary>When <see cref="Next"/> has said that all is done. Each keyword's blocks stand together.</summary>
    public List<WrittenBlock> Blocks => _blocks ??= _writer.Finish();

    /// <summary>Does a step: an instance or a virtual server, or everything else.</summary>
    /// <returns>False: that was all.</returns>
    public bool Next()
    {
        int place = _step++;
        if (place < 0)
        {
            _writer.Apart.Add(Instances);
            _writer.Apart.Add(Servers);
            configuration.Write(_writer);
            return true;
        }
        if (place < configuration.VrrpInstances.Count)
        {
            VrrpInstanceBlock instance = configuration.VrrpInstances[place];
            _writer.BeginItem(Instances, null, ConfigWords.Quote(instance.Name));
            instance.Write(_writer);
            instance.DropEmptyLists();
            foreach (HmacKey key in instance.AuthHmac?.Keys ?? [])
                _writer.Secret(key.Text);
            _writer.EndItem();
            return true;
        }
        place -= configuration.VrrpInstances.Count;
        if (place >= configuration.VirtualServers.Count)
            return false;
        VirtualServerBlock server = configuration.VirtualServers[place];
        _writer.BeginItem(Servers, null, server.FormatHeader(showsSecrets: false));
        server.Write(_writer);
        _writer.EndItem();
        return true;
    }
}
