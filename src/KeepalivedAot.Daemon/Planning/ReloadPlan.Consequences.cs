using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Lints;
using KeepalivedAot.Config.Vrrp;

namespace KeepalivedAot.Daemon.Planning;

// What others notice: who loses an address, who may win an election, who is not understood any more.
internal sealed partial class ReloadPlan
{
    private static readonly string[] s_electionWords = ["priority", "nopreempt", "preempt_delay", "state", "down_timer_adverts"];
    private static readonly string[] s_checkWords = ["HTTP_GET", "SSL_GET", "TCP_CHECK", "SMTP_CHECK", "DNS_CHECK", "MISC_CHECK", "BFD_CHECK", "UDP_CHECK", "PING_CHECK", "FILE_CHECK"];

    private void FindConsequences()
    {
        if (Refusal is not null)
            Say(ConsequenceKind.Refused, Refusal, $"the {Refusal} cannot change at a reload: the reload is refused, a restart is needed");
        foreach (PlannedItem item in _items)
        {
            switch (item.Keyword)
            {
                case Instance:
                    FindOfInstance(item);
                    break;
                case "static_ipaddress" when item.Fate == PlannedFate.Removed:
                    Say(ConsequenceKind.AddressVanishes, item.Name, $"static address {item.Name} vanishes");
                    break;
                case "static_routes" or "static_rules" when item.Fate == PlannedFate.Removed:
                    Say(ConsequenceKind.AddressVanishes, item.Name, $"{(item.Keyword == "static_routes" ? "static route" : "static rule")} {item.Name} vanishes");
                    break;
                case "vrrp_script" when item.Settings.Any(static setting => setting.Word == "script"):
                    Say(ConsequenceKind.CheckStartsAnew, item.Name, $"vrrp_script {item.Name} runs its new command at once; its result counts as before until then");
                    break;
                case "virtual_server" when item.Fate == PlannedFate.Changed:
                    FindOfVirtualServer(item);
                    break;
                case "virtual_server" when item.Fate == PlannedFate.Removed:
                    Say(ConsequenceKind.AddressVanishes, item.Name, $"virtual_server {item.Name} is not served any more");
                    break;
                default:
                    break;
            }
        }
        FindAddresses();
        FindRejections();
    }

    private void FindRejections()
    {
        if (_old.Read is null || _next.Read is null)
            return;
        List<(VrrpInstanceBlock Next, VrrpInstanceBlock Former)> pairs = [];
        foreach (PlannedItem item in _items)
        {
            if (item.Keyword != Instance || item.Fate is not (PlannedFate.Changed or PlannedFate.Restarted))
                continue;
            pairs.Add((
                _next.Configuration.VrrpInstances.Find(block => block.Name == item.Name)!,
                _old.Configuration.VrrpInstances.Find(block => block.Name == (item.FormerName ?? item.Name))!));
        }
        foreach ((VrrpInstanceBlock next, Diagnostic finding) in PeerComparison.Rejections(_next.Read, _old.Read, pairs))
            Say(ConsequenceKind.PeerRejects, next.Name, finding.Message);
    }

    private void Say(ConsequenceKind kind, string subject, string text) => _consequences.Add(new PlanConsequence(kind, subject, text));

    private void FindOfInstance(PlannedItem item)
    {
        switch (item.Fate)
        {
            case PlannedFate.Removed:
                Say(ConsequenceKind.RoleGivenUp, item.Name, $"({item.Name}) leaves: when it is master it says so, and its addresses go");
                break;
            case PlannedFate.Restarted:
                Say(ConsequenceKind.RoleGivenUp, item.Name, $"({item.Name}) leaves its role and starts as a new router: {item.Reason}");
                break;
            case PlannedFate.Changed:
                string words = string.Join(", ", item.Settings.Select(static setting => setting.Word).Where(s_electionWords.Contains).Distinct());
                foreach (PlannedSetting setting in item.Settings)
                {
                    if (setting is { Word: "unicast_peer", New: null })
                        Say(ConsequenceKind.PeerRejects, item.Name, $"({item.Name}) sends nothing to {setting.Old} any more, which takes over when it still listens");
                }
                if (words.Length > 0)
                    Say(ConsequenceKind.Election, item.Name, $"({item.Name}) competes otherwise ({words}): the role may go to another router or come here");
                break;
            default:
                break;
        }
    }

    private void FindOfVirtualServer(PlannedItem item)
    {
        foreach (string server in item.Settings.Select(static setting => ServerWithOtherCheck(setting.Word)).OfType<string>().Distinct())
            Say(ConsequenceKind.CheckStartsAnew, item.Name, $"virtual_server {item.Name}: checks of {server} start anew");
    }

    // "real_server 10.0.0.1 80 HTTP_GET url path" is about a check of what stands before.
    private static string? ServerWithOtherCheck(string word)
    {
        foreach (string check in s_checkWords)
        {
            int at = word.IndexOf($" {check}", StringComparison.Ordinal);
            if (at > 0)
                return word[..at];
        }
        return null;
    }

    private void FindAddresses()
    {
        List<VrrpInstanceBlock> old = _old.Configuration.VrrpInstances;
        List<VrrpInstanceBlock> next = _next.Configuration.VrrpInstances;
        Dictionary<IpAddress, List<(int Owner, string Interface)>> then = [];
        Dictionary<IpAddress, List<(int Owner, string Interface)>> now = [];
        for (int i = 0; i < old.Count; i++)
            Collect(old[i], i, then);
        // A new instance is nobody's continuation; negative numbers are theirs alone.
        for (int i = 0; i < next.Count; i++)
            Collect(next[i], Matched[i] >= 0 ? Matched[i] : -1 - i, now);
        foreach ((IpAddress address, List<(int Owner, string Interface)> places) in then)
        {
            foreach ((int owner, string at) in places)
            {
                if (!now.TryGetValue(address, out List<(int Owner, string Interface)>? after))
                    Say(ConsequenceKind.AddressVanishes, $"{address}", $"{address} vanishes ({old[owner].Name} on {at})");
                else if (!after.Contains((owner, at)))
                    SayMove(address, owner, at, after[0]);
            }
        }
        foreach ((IpAddress address, List<(int Owner, string Interface)> places) in now)
        {
            if (!then.ContainsKey(address))
                Say(ConsequenceKind.AddressAdded, $"{address}", $"{address} comes ({NameOfOwner(places[0].Owner)} on {places[0].Interface})");
        }
    }

    private void SayMove(IpAddress address, int owner, string at, (int Owner, string Interface) after)
    {
        string former = _old.Configuration.VrrpInstances[owner].Name;
        string next = NameOfOwner(after.Owner);
        string text = former == next && at == after.Interface ? $"{address} is given up with the role of {former} on {at}, and competed for anew"
            : former == next ? $"{address} of {former} moves from {at} to {after.Interface}"
            : at == after.Interface ? $"{address} on {at} moves from {former} to {next}"
            : $"{address} moves from {former} on {at} to {next} on {after.Interface}";
        Say(ConsequenceKind.AddressMoves, $"{address}", text);
    }

    private string NameOfOwner(int owner)
    {
        if (owner < 0)
            return _next.Configuration.VrrpInstances[-1 - owner].Name;
        for (int i = 0; i < Matched.Count; i++)
        {
            if (Matched[i] == owner)
                return _next.Configuration.VrrpInstances[i].Name;
        }
        return _old.Configuration.VrrpInstances[owner].Name;
    }

    private static void Collect(VrrpInstanceBlock block, int owner, Dictionary<IpAddress, List<(int Owner, string Interface)>> places)
    {
        foreach (VirtualAddress address in block.VirtualAddresses.Concat(block.HasExcludedAddresses ? block.ExcludedAddresses : []))
        {
            if (!places.TryGetValue(address.Address.Address, out List<(int Owner, string Interface)>? of))
                places.Add(address.Address.Address, of = []);
            of.Add((owner, block.DeviceOf(address)?.Name ?? address.Device ?? block.Interface ?? ""));
        }
    }
}
