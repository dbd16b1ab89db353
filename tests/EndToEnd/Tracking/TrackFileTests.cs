using KeepalivedAot.Tests.EndToEnd.Interoperation;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Tracking;

/// <summary>Files whose number is tracked (vrrp.md, section 10).</summary>
public sealed class TrackFileTests
{
    private const string PriorityChange = @"\(VI_1\) Changing effective priority from \d+ to \d+";

    [Theory, BesideStock]
    [InlineData(Implementation.Stock)]
    [InlineData(Implementation.Ours)]
    public void TrackFile_everyWayToChangeIt_movesThePriority(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        TrackedFile file = new(lab.A);
        file.Write("5\n");
        lab.A.Start(implementation, file.Configuration(weight: "2"));
        Expect(lab.A, "from 100 to 110");
        file.Write("0x10");
        Expect(lab.A, "from 110 to 132");
        file.Replace("-3\n");
        Expect(lab.A, "from 132 to 94");
        file.Write("rubbish");
        Expect(lab.A, "from 94 to 100");
        file.Write(" 7 8");
        Expect(lab.A, "from 100 to 114");
        File.Delete(file.Path);
        Expect(lab.A, "from 114 to 100");
        file.Write("200");
        Expect(lab.A, "from 100 to 254");
        Assert.Equal(7, lab.A.Daemon.LogMatches(PriorityChange).Length);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Stock)]
    [InlineData(Implementation.Ours)]
    public void TrackFile_weightZero_isAFaultWhileItIsNotZero(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        TrackedFile file = new(lab.A);
        file.Write("1\n");
        lab.A.Start(implementation, file.Configuration(weight: "0"));
        lab.A.Daemon.WaitForLog(@"\(VI_1\).* entering FAULT state|" + EndToEnd.Expect.EnteringFault, EndToEnd.Expect.Soon);
        int from = lab.A.Daemon.Log.Count;
        file.Write("0\n");
        lab.A.Daemon.WaitForLog(EndToEnd.Expect.EnteringBackup, EndToEnd.Expect.Soon, from);
        lab.A.Daemon.WaitForLog(EndToEnd.Expect.EnteringMaster, EndToEnd.Expect.Soon, from);
        from = lab.A.Daemon.Log.Count;
        file.Replace("1\n");
        lab.A.Daemon.WaitForLog(EndToEnd.Expect.EnteringFault, EndToEnd.Expect.Soon, from);
        lab.A.Addresses.WaitFor(EndToEnd.Expect.Vip, present: false, EndToEnd.Expect.Soon);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Stock)]
    [InlineData(Implementation.Ours)]
    public void TrackFile_largeNegativeProduct_isAFault(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        TrackedFile file = new(lab.A);
        file.Write("-127\n");
        lab.A.Start(implementation, file.Configuration(weight: "2"));
        lab.A.Daemon.WaitForLog(@"\(VI_1\).* entering FAULT state|" + EndToEnd.Expect.EnteringFault, EndToEnd.Expect.Soon);
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Stock)]
    [InlineData(Implementation.Ours)]
    public void InitFile_missingFile_isMadeAtTheStart(Implementation implementation)
    {
        using Lab lab = new(routers: 1);
        TrackedFile file = new(lab.A);
        lab.A.Start(implementation, file.Configuration(weight: "1", extra: "init_file 12"));
        Expect(lab.A, "from 100 to 112");
        Assert.Equal("12\n", File.ReadAllText(file.Path));
    }

    [Theory, BesideStock]
    [InlineData(Implementation.Stock, "init_file 12", "7")]
    [InlineData(Implementation.Ours, "init_file 12", "7")]
    [InlineData(Implementation.Stock, "init_file 12 overwrite", "12\n")]
    [InlineData(Implementation.Ours, "init_file 12 overwrite", "12\n")]
    public void InitFile_fileThatIsThere_isKeptUnlessOverwritten(Implementation implementation, string extra, string content)
    {
        using Lab lab = new(routers: 1);
        TrackedFile file = new(lab.A);
        file.Write("7");
        lab.A.Start(implementation, file.Configuration(weight: "1", extra: extra));
        Expect(lab.A, $"from 100 to {100 + int.Parse(content)}");
        Assert.Equal(content, File.ReadAllText(file.Path));
        // A reload makes nothing.
        File.WriteAllText(file.Path, "3");
        Expect(lab.A, "to 103");
        lab.A.Daemon.Signal(Libc.SIGHUP);
        Thread.Sleep(TimeSpan.FromSeconds(1));
        Assert.Equal("3", File.ReadAllText(file.Path));
    }

    [Fact]
    public void TrackFile_directoryThatComesLater_isWatchedThen()
    {
        using Lab lab = new(routers: 1);
        TrackedFile file = new(lab.A, "later/number");
        lab.A.Start(Implementation.Ours, file.Configuration(weight: "1"));
        lab.A.Daemon.WaitForLog("Track file number: inotify_add_watch .*No such file or directory", EndToEnd.Expect.Soon);
        lab.A.Daemon.WaitForLog(EndToEnd.Expect.EnteringMaster, EndToEnd.Expect.Soon);
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        file.Write("9");
        Expect(lab.A, "from 100 to 109");
        Directory.Delete(Path.GetDirectoryName(file.Path)!, recursive: true);
        Expect(lab.A, "from 109 to 100");
        Directory.CreateDirectory(Path.GetDirectoryName(file.Path)!);
        file.Write("8");
        Expect(lab.A, "from 100 to 108");
    }

    // As kubelet mounts a ConfigMap: the file is a link into a directory that is itself a link, which is exchanged.
    [Fact]
    public void TrackFile_linkWhoseTargetIsExchanged_isReadAgain()
    {
        using Lab lab = new(routers: 1);
        TrackedFile file = new(lab.A, "map/number");
        string directory = Path.GetDirectoryName(file.Path)!;
        foreach (string version in (string[])["v1", "v2"])
            Directory.CreateDirectory(Path.Combine(directory, version));
        File.WriteAllText(Path.Combine(directory, "v1", "number"), "1");
        File.WriteAllText(Path.Combine(directory, "v2", "number"), "2");
        File.CreateSymbolicLink(Path.Combine(directory, "..data"), "v1");
        File.CreateSymbolicLink(file.Path, "..data/number");
        lab.A.Start(Implementation.Ours, file.Configuration(weight: "10"));
        Expect(lab.A, "from 100 to 110");
        File.CreateSymbolicLink(Path.Combine(directory, "..new"), "v2");
        Shell.Run("mv", "-T", Path.Combine(directory, "..new"), Path.Combine(directory, "..data"));
        Expect(lab.A, "from 110 to 120");
    }

    [Fact]
    public void TrackFile_whatIsNoFile_isSaidAndCountsAsZero()
    {
        using Lab lab = new(routers: 1);
        TrackedFile file = new(lab.A);
        file.Write("5");
        lab.A.Start(Implementation.Ours, file.Configuration(weight: "1"));
        Expect(lab.A, "from 100 to 105");
        File.Delete(file.Path);
        Expect(lab.A, "from 105 to 100");
        Directory.CreateDirectory(file.Path + ".d");
        Directory.Move(file.Path + ".d", file.Path);
        lab.A.Daemon.WaitForLog("Track file number: open .*", EndToEnd.Expect.Soon);
        Directory.Delete(file.Path);
        Shell.Run("mkfifo", file.Path);
        // A fifo that nobody writes to, and something happens beside it.
        for (int i = 0; i < 20; i++)
            File.WriteAllText(file.Path + ".other", "x");
        File.Delete(file.Path);
        file.Write(new string('9', 1_000_000));
        lab.A.Daemon.WaitForLog("Track file number holds a number beyond 32 bits", EndToEnd.Expect.Soon);
        for (int i = 0; i < 20; i++)
            File.WriteAllText(file.Path + ".other", "x");
        file.Write(new string('\0', 100_000) + "7");
        file.Write("6");
        Expect(lab.A, "from 100 to 106");
        // Said once, however often something happens in the directory.
        Assert.Single(lab.A.Daemon.LogMatches("beyond 32 bits"));
        // A directory, then a fifo, with nothing in between that was well.
        Assert.InRange(lab.A.Daemon.LogMatches("Track file number: open ").Length, 1, 2);
        Assert.Equal(0, lab.A.Stop());
    }

    [Fact]
    public void TrackFile_writtenAllTheTime_delaysNoAdvert()
    {
        using Lab lab = new(routers: 1);
        TrackedFile file = new(lab.A);
        file.Write("0");
        lab.A.Start(Implementation.Ours, file.Configuration(weight: "1"));
        lab.A.Daemon.WaitForLog(EndToEnd.Expect.EnteringMaster, EndToEnd.Expect.Soon);
        int from = lab.Observer.Adverts.Count;
        DateTime end = DateTime.UtcNow.AddSeconds(3);
        for (int i = 0; DateTime.UtcNow < end; i++)
            file.Write((i % 100).ToString());
        Advert[] adverts = [.. lab.Observer.Adverts.Snapshot(from)];
        // 0.2 s apart; a busy machine may lose some.
        Assert.InRange(adverts.Length, 8, 17);
    }

    private static void Expect(Router router, string change)
        => router.Daemon.WaitForLog($@"\(VI_1\) Changing effective priority {change}$|\(VI_1\) Changing effective priority \w+ \d+ {change}$", EndToEnd.Expect.Soon);

    /// <summary>A file in the router's own directory.</summary>
    private sealed class TrackedFile
    {
        public TrackedFile(Router router, string name = "number")
        {
            Path = System.IO.Path.Combine(router.Scratch, "tmp", name);
            if (!name.StartsWith("later", StringComparison.Ordinal))
                Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        }

        public string Path { get; }

        public void Write(string content) => File.WriteAllText(Path, content);

        public void Replace(string content)
        {
            File.WriteAllText(Path + ".new", content);
            File.Move(Path + ".new", Path, overwrite: true);
        }

        public string Configuration(string weight, string extra = "") => $$"""
            track_file number {
                file {{Path}}
                weight {{weight}}
                {{extra}}
            }

            """ + new VrrpConfiguration { Extra = "track_file {\n        number\n    }" };
    }
}
