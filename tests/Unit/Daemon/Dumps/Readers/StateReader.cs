using System.Globalization;

namespace KeepalivedAot.Tests.Dumps;

/// <summary>Reads <c>keepalived.data</c> by the rules of the exporters: by the blanks before a line, and what stands before its = or colon.</summary>
internal static class StateReader
{
    /// <summary>As mehdy/keepalived-exporter: a block goes on as long as its lines begin with three blanks; five are an item of the key before.</summary>
    public static List<InstanceFacts> ReadBlocks(IEnumerable<string> lines)
    {
        List<InstanceFacts> instances = [];
        InstanceFacts? current = null;
        string key = "";
        foreach (string line in lines)
        {
            if (line.StartsWith(" VRRP Instance", StringComparison.Ordinal) && line.Contains('='))
            {
                instances.Add(current = new InstanceFacts(line.Split('=')[1].Trim()));
            }
            else if (line.StartsWith("   ", StringComparison.Ordinal) && current is not null)
            {
                string value;
                if (line.StartsWith("     ", StringComparison.Ordinal))
                {
                    value = line.Trim();
                }
                else
                {
                    if (!line.Contains('=') && !line.Contains(':'))
                        continue;
                    string[] parts = line.Trim().Split(line.Contains('=') ? '=' : ':');
                    key = parts[0].Trim();
                    value = parts[1].Trim();
                }
                Take(current, key, value);
            }
            else if (!line.StartsWith(" VRRP Version", StringComparison.Ordinal) && !line.StartsWith(" VRRP Script", StringComparison.Ordinal))
            {
                current = null;
            }
        }
        return instances;
    }

    /// <summary>As gen2brain/keepalived_exporter: a block ends with the first line that is no <c>key = value</c>.</summary>
    public static List<InstanceFacts> ReadUntilFirstOther(IEnumerable<string> lines)
    {
        List<InstanceFacts> instances = [];
        InstanceFacts? current = null;
        foreach (string line in lines)
        {
            if (line.StartsWith(" VRRP Instance", StringComparison.Ordinal) && line.Contains('='))
            {
                current = new InstanceFacts(line.Split('=')[1].Trim());
            }
            else if (line.StartsWith("   ", StringComparison.Ordinal) && line.Contains('=') && current is not null)
            {
                string[] parts = line.Trim().Split('=');
                Take(current, parts[0].Trim(), parts[1].Trim());
            }
            else if (!line.StartsWith(" VRRP Version", StringComparison.Ordinal))
            {
                if (current is not null)
                    instances.Add(current);
                current = null;
            }
        }
        return instances;
    }

    /// <summary>Name, status and state of each script.</summary>
    public static List<(string Name, string Status, string State)> ReadScripts(IEnumerable<string> lines)
    {
        List<(string Name, string Status, string State)> scripts = [];
        bool isInScript = false;
        foreach (string line in lines)
        {
            if (line.StartsWith(" VRRP Script", StringComparison.Ordinal) && line.Contains('='))
            {
                isInScript = true;
                scripts.Add((line.Split('=')[1].Trim(), "", ""));
            }
            else if (!line.StartsWith("   ", StringComparison.Ordinal))
            {
                isInScript = false;
            }
            else if (isInScript && line.Contains('='))
            {
                string[] parts = line.Trim().Split('=');
                if (parts[0].Trim() == "Status")
                    scripts[^1] = scripts[^1] with { Status = parts[1].Trim() };
                else if (parts[0].Trim() == "State")
                    scripts[^1] = scripts[^1] with { State = parts[1].Trim() };
            }
        }
        return scripts;
    }

    private static void Take(InstanceFacts into, string key, string value)
    {
        switch (key)
        {
            case "State":
                into.State = value;
                break;
            case "Wantstate":
                into.WantedState = value;
                break;
            case "Interface":
                into.Interface = value;
                break;
            case "Virtual Router ID":
                into.Vrid = int.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "Gratuitous ARP delay":
                into.GarpDelay = int.Parse(value, CultureInfo.InvariantCulture);
                break;
            case "Last transition":
                into.LastTransition = double.Parse(value.Split(' ')[0], CultureInfo.InvariantCulture);
                break;
            default:
                if (key.StartsWith("Virtual IP (", StringComparison.Ordinal) && value.Split(' ') is { Length: >= 3 } words)
                    into.Addresses.Add($"{words[0]} {words[2]}");
                break;
        }
    }
}
