using System.Diagnostics.CodeAnalysis;
using System.Text;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Simulation.Exploration;

/// <summary>A world as it is to be built: configurations piece by piece, so that pieces can be left out, and faults as they are written.</summary>
internal sealed record WorldPlan
{
    public required ulong Seed { get; init; }

    public required IReadOnlyList<HostPlan> Hosts { get; init; }

    public required IReadOnlyList<string> Faults { get; init; }

    /// <summary>Of virtual time.</summary>
    public required int Seconds { get; init; }

    /// <summary>What can be left out: hosts, instances and lines of them, each under a name of its own.</summary>
    public IEnumerable<string> Pieces
    {
        get
        {
            foreach (HostPlan host in Hosts)
            {
                yield return host.Name;
                foreach (string line in host.Options)
                    yield return $"{host.Name} {line}";
                foreach (InstancePlan instance in host.Instances)
                {
                    yield return $"{host.Name} {instance.Name}";
                    foreach (string line in instance.Options)
                        yield return $"{host.Name} {instance.Name} {line}";
                }
            }
        }
    }

    /// <summary>The same with nothing but these pieces. A host without instances is none.</summary>
    public WorldPlan With(IReadOnlyCollection<string> pieces)
    {
        HashSet<string> kept = [.. pieces];
        return this with
        {
            Hosts =
            [
                .. Hosts.Where(host => kept.Contains(host.Name)).Select(host => host with
                {
                    Options = [.. host.Options.Where(line => kept.Contains($"{host.Name} {line}"))],
                    Instances =
                    [
                        .. host.Instances.Where(instance => kept.Contains($"{host.Name} {instance.Name}")).Select(instance => instance with
                        {
                            Options = [.. instance.Options.Where(line => kept.Contains($"{host.Name} {instance.Name} {line}"))],
                        }),
                    ],
                }).Where(static host => host.Instances.Count > 0),
            ],
        };
    }

    public override string ToString()
    {
        StringBuilder text = new();
        foreach (HostPlan host in Hosts)
            text.Append($"---- {host.Name}.conf (its clock: {host.Drift} ppm)\n{host.Text}");
        text.Append($"---- {Seconds} s, seed {Seed}\n");
        foreach (string fault in Faults)
            text.Append(fault).Append('\n');
        return text.ToString();
    }

    /// <summary>The configurations as files.</summary>
    public IConfigFiles ToFiles() => new Files(Hosts.ToDictionary(static host => host.Path, static host => host.Text));

    private sealed class Files(Dictionary<string, string> byPath) : IConfigFiles
    {
        public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
        {
            bool isThere = byPath.TryGetValue(path, out string? text);
            content = isThere ? Encoding.UTF8.GetBytes(text!) : null;
            problem = isThere ? null : "No such file or directory";
            return isThere;
        }
    }
}

/// <param name="Options">Of global_defs.</param>
/// <param name="Drift">Parts per million that its clock is too fast.</param>
/// <param name="StartsAt">Milliseconds.</param>
internal sealed record HostPlan(string Name, IReadOnlyList<string> Options, IReadOnlyList<InstancePlan> Instances, int Drift, int StartsAt)
{
    /// <summary>The sync group of those instances that are marked for it.</summary>
    public string? Group { get; init; }

    /// <summary>Lines of the sync group.</summary>
    public IReadOnlyList<string> GroupOptions { get; init; } = [];

    public string Path => $"{Name}.conf";

    public string Text
    {
        get
        {
            StringBuilder text = new();
            if (Options.Count > 0)
                text.Append($"global_defs {{\n    {string.Join("\n    ", Options)}\n}}\n");
            string[] used = [.. Instances.SelectMany(static instance => instance.Options).Concat(GroupOptions)];
            if (Array.Exists(used, static line => line.StartsWith("track_script", StringComparison.Ordinal)))
                text.Append("vrrp_script chk {\n    script \"/bin/true\"\n    interval 1\n    timeout 10\n}\n");
            if (Array.Exists(used, static line => line.StartsWith("track_process", StringComparison.Ordinal)))
                text.Append("track_process web {\n    process nginx\n}\n");
            if (Array.Exists(used, static line => line.StartsWith("track_file", StringComparison.Ordinal)))
                text.Append("track_file load {\n    file /run/load\n}\n");
            InstancePlan[] grouped = [.. Instances.Where(static instance => instance.IsGrouped)];
            if (Group is not null && grouped.Length > 0)
                text.Append($"vrrp_sync_group {Group} {{\n    group {{ {string.Join("\n        ", grouped.Select(static instance => instance.Name))} }}\n{string.Concat(GroupOptions.Select(static line => $"    {line}\n"))}}}\n");
            foreach (InstancePlan instance in Instances)
                text.Append($"vrrp_instance {instance.Name} {{\n{string.Concat(instance.Lines.Concat(instance.Options).Select(static line => $"    {line}\n"))}}}\n");
            return text.ToString().Replace("{ ", "{\n        ", StringComparison.Ordinal).Replace(" }", "\n    }", StringComparison.Ordinal);
        }
    }
}

/// <param name="Lines">What it cannot be without.</param>
/// <param name="Options">What it can.</param>
internal sealed record InstancePlan(string Name, IReadOnlyList<string> Lines, IReadOnlyList<string> Options, bool IsGrouped = false);
