using KeepalivedAot.Config;
using KeepalivedAot.Config.Bfd;
using KeepalivedAot.Config.Tracking;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Interfaces;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Tracking;

namespace KeepalivedAot.Daemon.Dumps.Data;

/// <summary><c>keepalived.data</c>: the configuration in force and the state of everything, section after section (daemon.md, section 3).</summary>
/// <remarks>
/// Each yields when one object has been written, so that the loop may turn in between. What there is to be written is listed at the beginning of a
/// section: a reload in between changes no list that is being walked.
/// </remarks>
internal static class DataDump
{
    /// <summary>The file of the VRRP process.</summary>
    public static IEnumerable<bool> OfVrrp(DumpText text, DumpSubject subject)
    {
        GlobalSection.Add(text, subject, isParent: false);
        yield return true;
        StaticSections.Add(text, subject);
        StaticSections.AddAnnouncementLimits(text, subject.Configuration);
        yield return true;
        foreach (bool _ in Instances(text, subject))
            yield return true;
        foreach (bool _ in Groups(text, subject))
            yield return true;
        foreach (bool _ in Trackers(text, subject))
            yield return true;
        foreach (bool _ in Interfaces(text, subject))
            yield return true;
    }

    /// <summary>The file of the parent process.</summary>
    public static IEnumerable<bool> OfParent(DumpText text, DumpSubject subject)
    {
        GlobalSection.Add(text, subject, isParent: true);
        yield return true;
    }

    private static IEnumerable<bool> Instances(DumpText text, DumpSubject subject)
    {
        VrrpInstance[] instances = [.. subject.Vrrp.Instances];
        if (instances.Length > 0)
            text.Line("------< VRRP Topology >------"u8);
        foreach (VrrpInstance instance in instances)
        {
            InstanceSection.Add(text, instance, subject);
            yield return true;
        }
        Ruler ruler = new(text);
        HashSet<SharedReceiver> written = [];
        foreach (VrrpInstance instance in instances)
        {
            if (instance.Receiver is not { } receiver || !written.Add(receiver))
                continue;
            ruler.Draw("------< VRRP Sockpool >------"u8);
            SocketSection.Add(text, receiver, instance.Transport);
            yield return true;
        }
    }

    private static IEnumerable<bool> Groups(DumpText text, DumpSubject subject)
    {
        List<VrrpSyncGroupBlock> blocks = subject.Configuration.VrrpSyncGroups;
        if (blocks.Count == 0)
            yield break;
        text.Line("------< VRRP Sync groups >------"u8);
        Dictionary<string, SyncGroup> byName = subject.Vrrp.Groups.ToDictionary(static group => group.Name);
        foreach (VrrpSyncGroupBlock block in blocks)
        {
            GroupSection.Add(text, block, byName.GetValueOrDefault(block.Name)?.Group, subject);
            yield return true;
        }
    }

    private static IEnumerable<bool> Trackers(DumpText text, DumpSubject subject)
    {
        Configuration configuration = subject.Configuration;
        Ruler ruler = new(text);
        foreach (VrrpScriptBlock block in configuration.VrrpScripts)
        {
            if (subject.Scripts.Find(block.Script) is not { } program || subject.Scripts.FindTracker(block.Name) is not { } tracker)
                continue;
            ruler.Draw("------< VRRP Scripts >------"u8);
            ScriptSection.Add(text, block, program, tracker, subject);
            yield return true;
        }
        ruler = new(text);
        foreach (TrackFileBlock block in configuration.TrackFiles)
        {
            if (!subject.IsTracked(new TrackerId(TrackerKind.File, block.Name)))
                continue;
            ruler.Draw("------< VRRP Track files >------"u8);
            TrackerSections.AddFile(text, block, subject);
            yield return true;
        }
        ruler = new(text);
        foreach (VrrpTrackProcessBlock block in configuration.TrackProcesses)
        {
            if (!subject.IsTracked(new TrackerId(TrackerKind.Process, block.Name)))
                continue;
            ruler.Draw("------< VRRP Track processes >------"u8);
            TrackerSections.AddProcess(text, block, subject);
            yield return true;
        }
        ruler = new(text);
        foreach (BfdInstanceBlock block in configuration.BfdInstances)
        {
            if (!subject.IsTracked(new TrackerId(TrackerKind.Bfd, block.Name)))
                continue;
            ruler.Draw("------< VRRP Track BFDs >------"u8);
            TrackerSections.AddSession(text, block, subject);
            yield return true;
        }
    }

    private static IEnumerable<bool> Interfaces(DumpText text, DumpSubject subject)
    {
        NetworkInterface[] interfaces = [.. subject.Vrrp.Interfaces];
        Dictionary<NetworkInterface, InterfaceUse> uses = InterfaceUse.Of([.. subject.Vrrp.Instances], interfaces);
        if (interfaces.Length > 0)
            text.Line("------< Interfaces >------"u8);
        yield return true;
        foreach (NetworkInterface at in interfaces)
        {
            InterfaceSection.Add(text, at, uses[at], subject);
            yield return true;
        }
    }

    /// <summary>The ruler above a section, drawn when there is something below it.</summary>
    private sealed class Ruler(DumpText text)
    {
        private bool _isDrawn;

        public void Draw(ReadOnlySpan<byte> ruler)
        {
            if (!_isDrawn)
                text.Line(ruler);
            _isDrawn = true;
        }
    }
}
