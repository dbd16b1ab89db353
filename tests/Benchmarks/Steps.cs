namespace KeepalivedAot.Benchmarks;

/// <summary>All steps in their order: what needs a quiet machine most comes first.</summary>
internal static class Steps
{
    /// <param name="trials">Of what takes a moment; what takes long gets a part of them.</param>
    /// <param name="isQuick">Everything once and short.</param>
    public static IReadOnlyList<BenchmarkStep> Of(int trials, bool isQuick)
    {
        int few = Math.Max(trials / 4, 1);
        return
        [
            new("start", """
                From `execve` of the daemon to its first advertisement on the wire, as an address owner (priority 255), so that there is nothing to wait for. Stock
                and ours in turn. The same with 255 instances: the first and the last of their first advertisements.
                """, table => StartBenchmark.Run(table, trials)),
            new("takeover", """
                How long after the RFC's deadline a backup has taken over. A scripted master falls silent at a random moment; the deadline is
                Active_Down_Interval after its last advertisement as the backup's kernel received it. Times of packets are the kernel's; addresses are seen over
                rtnetlink, which adds the waking of the program that watches.
                """, table =>
            {
                TakeoverBenchmark.Run(table, 0.01, trials);
                TakeoverBenchmark.Run(table, 1, isQuick ? 2 : 8);
            }),
            new("jitter", $"""
                How far the time between two advertisements of a MASTER is from what was configured, as the kernel sent them: half of them less than the median, 99 % less
                than the second row. Every hundredth of a second and every second, over {(isQuick ? 5 : 30)} s each (thirty intervals of a second: their 99 % is nearly their worst), on an idle machine and beside four endless loops of ordinary
                priority, without and with `vrrp_rt_priority 50`. A program that only waits for the next hundredth of a second runs beside them with the same priority: it is the
                machine's own part.
                """, table => JitterBenchmark.Run(table, isQuick ? 5 : 30)),
            new("mass failover", """
                A MASTER of 255 or 1,000 instances (adverts of 0.1 s) is killed. How far the last of the backup's first advertisements is past its own deadline, and
                how long the gratuitous ARPs of the first burst take, five for each address.
                """, table => MassTakeoverBenchmark.Run(table, isQuick ? 1 : 3)),
            new("restart", """
                A MASTER is killed with SIGKILL and started again at once, as an init system does, before its peer's timer can run out: from `execve` to its next
                advertisement with the address held.
                """, table => RestartBenchmark.Run(table, few)),
            new("reload", """
                SIGHUP with 1 and 255 instances that advertise every hundredth of a second: from the first line of the log to the last, CPU time beyond what the daemon uses
                anyway, and the longest time between two advertisements of one instance while it reloads, beside the longest without any reload.
                """, table => ReloadBenchmark.Run(table)),
            new("control", "Asking ours for the status of 255 instances that advertise every hundredth of a second, over its socket. Stock keepalived has no such thing.",
                table => ControlBenchmark.Run(table)),
            new("scripts", "Fifty tracked scripts, once a second each: CPU time of the daemon for a run, without that of the script, and how long the loop is held by it.",
                table => ScriptBenchmark.Run(table)),
            new("hostile packets", "A MASTER receives 50,000 packets a second that are not for it or are malformed: CPU time for each, and whether its own advertisements keep coming.",
                table => HostileBenchmark.Run(table, isQuick ? 2 : 5)),
            new("metrics", "A scrape of the metrics of 1,000 instances: stock keepalived has none.", table => MetricsBenchmark.Run(table)),
            new("CPU", $"""
                CPU time as the kernel accounts it, in percent of one processor, of a MASTER and of a BACKUP of many instances, in {CpuBenchmark.Windows} windows of {(isQuick ? 1 : 2)} s (1,000 instances: twice
                that), stock and ours one after the other.
                """, table => CpuBenchmark.Run(table, isQuick ? 1 : 2)),
            new("allocation", "Managed memory that ours takes for each advertisement, by its own counter, over some thousands of them. Stock keepalived does not tell such a thing.",
                table => AllocationBenchmark.Run(table, isQuick ? 500 : 3000)),
            new("memory", """
                All processes of an idle MASTER, alone on the host, 14 s after its start, from the kernel's `smaps_rollup`. PSS divides a page that is shared among those who share
                it; private memory is what would be free if the daemon ended.
                """, table => MemoryBenchmark.Run(table, isQuick ? 1 : 2)),
            new("memory limit", """
                The smallest `memory.max` of a cgroup (systemd's `MemoryMax=`) under which a daemon of one instance lives through an hour of one failover, one reload and one return a
                minute, one directly after the other instead of a minute apart. Found by halving in a User Mode Linux kernel, where pages of the program are read again from the host at
                no cost; nothing may be killed for memory, and no change may take two seconds, nor four times as long as without a limit where that is more.
                """, table => MemoryLimitBenchmark.Run(table, isQuick ? 5 : 60)),
            new("long life", """
                Memory that no file has (`Pss_Anon`), RSS and descriptors after what happens in a day, and after 10,000 reloads beyond that, 14 s later each. The day is compressed: twenty instances send
                every hundredth of a second until there are as many advertisements as a router of 1 s sends in 24 hours (86,400); 24 times meanwhile the link is lost and comes
                back and the configuration is read again. The reloads come one directly after the other.
                """, table => LongLifeBenchmark.Run(table, isQuick ? 0.1 : 1, isQuick ? 100 : 10_000, TimeSpan.FromSeconds(150))),
            new("simulation", "24 hours in virtual time: `keepalived-aot simulate` runs the same cores with a clock of its own; its memory contains all that it notes for its report.",
                table => SimulationBenchmark.Run(table, isQuick ? 2 : 24)),
            new("size", """
                The program, and the shared libraries that `ldd` names; the packages as they are fetched. Those of stock's libraries are counted without the C library, which every
                Debian has.
                """, table => InstallBenchmark.Run(table)),
            new("configuration test", "`-t` from `execve` to the end, stock and ours in turn: a small file, 2,000 instances, and 2,000 virtual servers of ten real servers each (252,003 lines).",
                table => ConfigurationBenchmark.Run(table, trials)),
        ];
    }
}
