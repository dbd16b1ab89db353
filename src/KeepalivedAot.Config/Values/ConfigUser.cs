using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Values;

/// <summary>Who runs a script: <c>user [group]</c>, both by name; whether they exist is for whoever knows the host.</summary>
/// <param name="Group">Null: the user's group. With a colon in front the user's supplementary groups are set too.</param>
public sealed record ConfigUser(string User, string? Group) : IConfigArguments<ConfigUser>
{
    static string IConfigArguments<ConfigUser>.Expects => "user [group]";

    static bool IConfigArguments<ConfigUser>.TryRead(Parser parser, out ConfigUser value)
    {
        value = null!;
        if (!parser.TryString(null, out string user))
            return false;
        string? group = parser.HasNext && parser.TryString(null, out string name) ? name : null;
        value = new ConfigUser(user, group);
        return true;
    }

    string IConfigArguments<ConfigUser>.Format(bool showsSecrets)
        => ConfigWords.Quote(User) + (Group is null ? "" : " " + ConfigWords.Quote(Group));
}
