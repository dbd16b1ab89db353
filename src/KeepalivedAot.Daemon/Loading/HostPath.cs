using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Daemon.Loading;

/// <summary>An absolute path followed to its end, element by element and through its symbolic links.</summary>
/// <param name="Elements">All that were passed, from <c>/</c> on, links themselves left out: what they point at is there.</param>
/// <param name="Failure">Why the way ended early, and at which element; no error when it did not.</param>
internal sealed record HostPath(IReadOnlyList<HostPathElement> Elements, OsError Failure)
{
    /// <summary>As many as the kernel follows (MAXSYMLINKS).</summary>
    private const int MostLinks = 40;

    /// <summary>The file itself, under its real name; only without <see cref="Failure"/>.</summary>
    public HostPathElement End => Elements[^1];

    public static HostPath Follow(IHostFiles files, string path)
    {
        List<HostPathElement> elements = [];
        Stack<string> rest = [];
        Push(rest, path);
        int links = 0;
        string at = "/";
        OsError error = files.TryLook(at, out FileStatus status);
        elements.Add(new HostPathElement(at, status));
        while (!error.IsError && rest.TryPop(out string? name))
        {
            if (name == "..")
            {
                at = Parent(at);
                elements.Add(elements.Find(element => element.Path == at));
                continue;
            }
            string next = at == "/" ? "/" + name : $"{at}/{name}";
            error = files.TryLook(next, out status);
            if (error.IsError)
                break;
            if (status.Type != FileType.SymbolicLink)
            {
                elements.Add(new HostPathElement(next, status));
                at = next;
                continue;
            }
            error = ++links > MostLinks ? new OsError("stat", next, Errno.ELOOP) : files.TryReadLink(next, out path);
            if (error.IsError)
                break;
            if (path.StartsWith('/'))
            {
                at = "/";
                elements.Add(elements[0]);
            }
            Push(rest, path);
        }
        return new HostPath(elements, error);
    }

    private static void Push(Stack<string> rest, string path)
    {
        string[] names = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        for (int i = names.Length - 1; i >= 0; i--)
        {
            if (names[i] != ".")
                rest.Push(names[i]);
        }
    }

    private static string Parent(string path) => path.LastIndexOf('/') is > 0 and int slash ? path[..slash] : "/";
}

/// <summary>One of the directories on the way, or the file at the end.</summary>
internal readonly record struct HostPathElement(string Path, FileStatus Status);
