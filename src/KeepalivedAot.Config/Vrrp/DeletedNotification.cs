using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Values;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>What is done when a reload removes an instance: <c>[cmd-script [user [group]]]</c>.</summary>
/// <param name="Script">Null: DELETED is reported all the same, and no script is run.</param>
public sealed record DeletedNotification(ConfigScript? Script) : IConfigArguments<DeletedNotification>
{
    static string IConfigArguments<DeletedNotification>.Expects => "[cmd-script [user [group]]]";

    static bool IConfigArguments<DeletedNotification>.TryRead(Parser parser, out DeletedNotification value)
    {
        value = new DeletedNotification(Script: null);
        if (!parser.HasNext)
            return true;
        if (!parser.TryArguments(out ConfigScript script))
            return false;
        value = new DeletedNotification(script);
        return true;
    }

    string IConfigArguments<DeletedNotification>.Format(bool showsSecrets)
        => Script is null ? "" : ((IConfigArguments<ConfigScript>)Script).Format(showsSecrets);
}
