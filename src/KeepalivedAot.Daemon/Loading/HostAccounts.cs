using System.Globalization;
using System.Text;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>Who a script runs as.</summary>
/// <param name="Groups">All that count for access: the primary one and, where they are set, the supplementary ones.</param>
internal sealed record HostAccount(string Name, uint UserId, uint GroupId, IReadOnlyCollection<uint> Groups)
{
    public static readonly HostAccount Root = new("root", 0, 0, [0]);

    /// <summary>keepalived is strict with what runs so.</summary>
    public bool IsRoot => UserId == 0 || GroupId == 0;
}

/// <summary>Users and groups of the host, from /etc/passwd and /etc/group: a static program has no other way to ask.</summary>
internal sealed class HostAccounts
{
    private const int LongestFile = 4 << 20;

    private readonly List<string[]> _users;
    private readonly List<string[]> _groups;

    public HostAccounts(IHostFiles files)
    {
        _users = Read(files, "/etc/passwd", columns: 7);
        _groups = Read(files, "/etc/group", columns: 4);
    }

    /// <summary>Whether there is anything to look names up in.</summary>
    public bool IsKnown => _users.Count > 0 && _groups.Count > 0;

    public bool HasUser(string name) => Find(_users, name) is not null;

    /// <summary>As keepalived resolves them (grammar 13.9).</summary>
    /// <param name="group">Null: the user's own. With a colon in front the user's supplementary groups count too.</param>
    /// <param name="missing">What there is not: "user bob", "group web".</param>
    public HostAccount? Resolve(string user, string? group, out string missing)
    {
        missing = $"user {user}";
        if (Find(_users, user) is not { } entry || !TryNumber(entry[2], out uint userId) || !TryNumber(entry[3], out uint groupId))
            return null;
        bool hasSupplementary = group is [':', ..];
        string name = group?.TrimStart(':') ?? "";
        if (name.Length > 0)
        {
            missing = $"group {name}";
            if (Find(_groups, name) is not { } named || !TryNumber(named[2], out groupId))
                return null;
        }
        HashSet<uint> groups = [groupId];
        if (hasSupplementary)
        {
            foreach (string[] other in _groups)
            {
                if (other[3].Split(',').Contains(user) && TryNumber(other[2], out uint id))
                    groups.Add(id);
            }
        }
        missing = "";
        return new HostAccount(user, userId, groupId, groups);
    }

    /// <summary>For messages: "bob", or "user 1000" when it has no name.</summary>
    public string UserName(uint id) => NameOf(_users, id) ?? string.Create(CultureInfo.InvariantCulture, $"user {id}");

    /// <summary>For messages: "group web", or "group 1000" when it has no name.</summary>
    public string GroupName(uint id) => "group " + (NameOf(_groups, id) ?? id.ToString(CultureInfo.InvariantCulture));

    private static string? NameOf(List<string[]> entries, uint id)
        => entries.Find(entry => TryNumber(entry[2], out uint number) && number == id)?[0];

    private static string[]? Find(List<string[]> entries, string name) => entries.Find(entry => entry[0] == name);

    private static bool TryNumber(string text, out uint number) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // What cannot be read knows nobody; IsKnown tells.
    private static List<string[]> Read(IHostFiles files, string path, int columns)
    {
        OsError error = files.TryReadStart(path, LongestFile, out byte[] content);
        if (error.IsError)
            return [];
        return [.. Encoding.UTF8.GetString(content).Split('\n').Select(static line => line.Split(':')).Where(entry => entry.Length >= columns)];
    }
}
