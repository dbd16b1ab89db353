using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Values;

/// <summary>A FIFO and who owns it: <c>path [user [group]]</c>.</summary>
/// <param name="User">Null: the default of <c>script_user</c>.</param>
/// <param name="Group">Null: the user's group.</param>
public sealed record FifoPath(string Path, string? User, string? Group) : IConfigArguments<FifoPath>
{
    static string IConfigArguments<FifoPath>.Expects => "path [user [group]]";

    static bool IConfigArguments<FifoPath>.TryRead(Parser parser, out FifoPath value)
    {
        value = null!;
        if (!parser.TryString(null, out string path))
            return false;
        string? user = parser.HasNext && parser.TryString(null, out string name) ? name : null;
        string? group = parser.HasNext && parser.TryString(null, out name) ? name : null;
        value = new FifoPath(path, user, group);
        return true;
    }

    string IConfigArguments<FifoPath>.Format(bool showsSecrets)
        => ConfigWords.Quote(Path) + (User is null ? "" : " " + ConfigWords.Quote(User)) + (Group is null ? "" : " " + ConfigWords.Quote(Group));
}
