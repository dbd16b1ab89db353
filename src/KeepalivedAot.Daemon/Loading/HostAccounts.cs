using System.Globalization;
using KeepalivedAot.Base;
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
/// <remarks>Each file is read when somebody is looked for in it the first time, and once: many configurations name nobody.</remarks>
internal sealed class HostAccounts(IHostFiles files)
{
    private const int LongestFile = 4 << 20;

    private List<string[]>? _users;
    private List<string[]>? _groups;

    /// <summary>Whether there is anything to look names up in.</summary>
    public bool IsKnown => Users.Count > 0 && Groups.Count > 0;

    private List<string[]> Users => _users ??= Read("/etc/passwd", columns: 7);

    private List<string[]> Groups => _groups ??= Read("/etc/group", columns: 4);

    public bool HasUser(string name) => Find(Users, name) is not null;

    /// <summary>As keepalived resolves them (grammar 13.9).</summary>
    /// <param name="group">Null: the user's own. With a colon in front the user's supplementary groups count too.</param>
    /// <param name="missing">What there is not: "user bob", "group web".</param>
    public HostAccount? Resolve(string user, string? group, out string missing)
    {
        missing = user.Length == 0 ? "user without a name" : $"user {user}";
        if (Find(Users, user) is not { } entry || !TryNumber(entry[2], out uint userId) || !TryNumber(entry[3], out uint groupId))
            return null;
        bool hasSupplementary = group is [':', ..];
        string name = group?.TrimStart(':') ?? "";
        if (name.Length > 0)
        {
            missing = name.Length == 0 ? "group without a name" : $"group {name}";
            if (Find(Groups, name) is not { } named || !TryNumber(named[2], out groupId))
                return null;
        }
        HashSet<uint> groups = [groupId];
        if (hasSupplementary)
        {
            foreach (string[] other in Groups)
            {
                if (other[3].Split(',').Contains(user) && TryNumber(other[2], out uint id))
                    groups.Add(id);
            }
        }
        missing = "";
        return new HostAccount(user, userId, groupId, groups);
    }

    /// <summary>The number of a group, by its name or by itself; null when there is no such group.</summary>
    public uint? GroupNumber(string group) => Find(Groups, group) is { } named && TryNumber(named[2], out uint id) ? id : TryNumber(group, out uint number) ? number : null;

    /// <summary>For messages: "bob", or "user 1000" when it has no name.</summary>
    public string UserName(uint id) => NameOf(Users, id) ?? string.Create(CultureInfo.InvariantCulture, $"user {id}");

    /// <summary>For messages: "group web", or "group 1000" when it has no name.</summary>
    public string GroupName(uint id) => "group " + (NameOf(Groups, id) ?? id.ToString(CultureInfo.InvariantCulture));

    private static string? NameOf(List<string[]> entries, uint id)
        => entries.Find(entry => TryNumber(entry[2], out uint number) && number == id)?[0];

    private static string[]? Find(List<string[]> entries, string name) => entries.Find(entry => entry[0] == name);

    private static bool TryNumber(string text, out uint number) => uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);

    // What cannot be read knows nobody; IsKnown tells.
    private List<string[]> Read(string path, int columns)
    {
        OsError error = files.TryReadStart(path, LongestFile, out byte[] content);
        if (error.IsError)
            return [];
        return [.. ByteText.Decode(content).Split('\n').Select(static line => line.Split(':')).Where(entry => entry.Length >= columns)];
    }
}
