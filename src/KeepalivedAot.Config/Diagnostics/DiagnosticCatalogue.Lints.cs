namespace KeepalivedAot.Config.Diagnostics;

// KA09xx: lints, what only `check` tells. The file is valid, and does something else than was meant. None of them changes the
// exit status of -t. KA090x and KA091x instances, KA092x scripts and processes, KA093x virtual servers, KA094x this host, KA095x and KA096x peers.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind WellKnownPassword = Hint(
        901, "password of the examples", "It stands in the examples of keepalived and in many a running router, so it keeps nobody out.");

    public static readonly DiagnosticKind WellKnownVrid = Hint(
        902, "VRID of the examples",
        "It stands in the examples, so it is the one that somebody else on the same network most likely has taken too.");

    public static readonly DiagnosticKind MasterWithoutPriority = Lint(
        903, "state MASTER without a priority",
        "Its default is then 255, that of the address owner: trackers with a weight, nopreempt and preempt_delay do not hold for it.");

    public static readonly DiagnosticKind ServiceNotAccepted = Lint(
        904, "virtual server on an address that does not answer",
        "Strict mode leaves accept off: whatever is sent to a virtual address is dropped by the firewall before IPVS sees it.");

    public static readonly DiagnosticKind StrictNotAccepting = Hint(
        905, "virtual addresses that are not to answer",
        "Strict mode leaves accept off: neither ping nor a service on a virtual address is answered, only routed through.");

    public static readonly DiagnosticKind NoPrefixLength = Hint(
        906, "virtual address without a prefix length", "It is added as that of a single host, so the kernel makes no route to its network.");

    public static readonly DiagnosticKind AddressTwice = Lint(
        907, "one address twice on an interface", "Whoever of the two leaves first takes it away from the other.");

    public static readonly DiagnosticKind AddressOnTwoInterfaces = Hint(
        908, "one address on two interfaces", "Unless they are of different VRFs the kernel answers for it on both.");

    public static readonly DiagnosticKind AddressNotAHost = Lint(
        909, "virtual address that is no host's", "The first address of a network names the network, and the last one is its broadcast address.");

    public static readonly DiagnosticKind AddressNotUnicast = Lint(
        910, "virtual address that nobody can reach", "Loopback, multicast and unspecified addresses cannot move between routers.");

    public static readonly DiagnosticKind UnicastWithoutSource = Hint(
        911, "unicast without a source",
        "The interface's first address is used, and that changes with the order in which addresses are added; peers expect a known one.");

    public static readonly DiagnosticKind PeerIsSelf = Lint(
        912, "peer that is this router", "Advertisements to it come back or go nowhere, and another router is missing in the list.");

    public static readonly DiagnosticKind GlobalsTooLate = Lint(
        913, "global default below what it is for", "An instance takes these defaults at the place where it begins, not at the end of the file.");

    public static readonly DiagnosticKind WeightsWithNopreempt = Hint(
        914, "weights with nopreempt",
        "A router with nopreempt does not displace a living one, however low that one's priority becomes. Weight 0 makes a fault instead, and a "
        + "faulty router leaves by itself.");

    public static readonly DiagnosticKind WeightWithoutEffect = Lint(
        915, "weight that never changes the priority", "An effective priority stays within 1 and 254, whatever the trackers add.");

    public static readonly DiagnosticKind GroupWithMixedPreemption = Hint(
        918, "sync group of which some preempt",
        "A group becomes active only when all of its members would. One with nopreempt waits for ever, and the others with it.");

    public static readonly DiagnosticKind SourceMoves = Lint(
        919, "source that is a virtual address", "A backup does not have it, and after a takeover both speak from one address.");

    public static readonly DiagnosticKind ScriptArgumentsLost = Lint(
        920, "arguments of a script outside the quotes", "Behind the command stand the user and the group that it runs as.");

    public static readonly DiagnosticKind NoShell = Lint(
        921, "shell syntax where there is no shell", "The program is started directly, and gets these words as its arguments.");

    public static readonly DiagnosticKind ShellCommandSplit = Lint(
        922, "command of a shell that is more than one word", "sh -c runs the one word behind it; those that follow are its parameters $0, $1 and so on.");

    public static readonly DiagnosticKind NoScriptUser = Lint(
        923, "scripts without a user", "Such scripts run as keepalived_script where the host has that user, else as root.");

    public static readonly DiagnosticKind ProcessNameTooLong = Lint(
        924, "process name that no process has", "The kernel keeps 15 bytes of a name, and a longer one is compared with that.");

    public static readonly DiagnosticKind NoChecker = Lint(
        930, "real server without a checker", "It counts as alive for ever, and clients are sent to it when it is dead too.");

    public static readonly DiagnosticKind QuorumOutOfReach = Lint(
        931, "quorum that is not reached", "Once lost it is gained at the sum of quorum and hysteresis, and all real servers together weigh less.");

    public static readonly DiagnosticKind CheckLongerThanLoop = Hint(
        932, "check that takes longer than its interval", "A check begins one delay_loop after the end of the one before, so they are further apart than was written.");

    public static readonly DiagnosticKind ServiceTwice = Lint(
        933, "virtual server given twice", "To the kernel both are one: it keeps the settings of one of them, and whichever goes away takes the servers of the other along.");

    public static readonly DiagnosticKind ScriptMissing = Lint(
        940, "script that is not there", "keepalived leaves it out: nothing is tracked or notified.");

    public static readonly DiagnosticKind ScriptNotExecutable = Lint(
        941, "script that cannot be executed", "keepalived leaves it out: nothing is tracked or notified.");

    public static readonly DiagnosticKind ScriptWritable = Lint(
        942, "script that others can change", "Whoever can write there decides what root runs; with enable_script_security it is not run at all.");

    public static readonly DiagnosticKind ScriptUserUnknown = Lint(
        943, "user of a script that is not there", "keepalived leaves out scripts whose user it does not know.");

    public static readonly DiagnosticKind InterpreterMissing = Lint(
        944, "script without its interpreter", "The kernel says 'No such file or directory', and means what stands behind #!.");

    public static readonly DiagnosticKind AddressIsInterfaces = Lint(
        945, "virtual address that the interface has of its own",
        "Both routers answer for it at the same time, and it is taken away from the interface when the instance leaves.");

    public static readonly DiagnosticKind ScriptNotSeen = Hint(
        946, "script that could not be looked at", "Run the check with the rights of the daemon.");

    public static readonly DiagnosticKind PeerVersion = Lint(
        950, "peers of different versions", "Each discards the other's advertisements, and both become active.");

    public static readonly DiagnosticKind PeerVrid = Lint(
        951, "peers of different VRIDs", "Each takes the other for another virtual router, and both become active.");

    public static readonly DiagnosticKind PeerAuthentication = Lint(
        952, "peers of different authentication", "Each discards the other's advertisements, and both become active.");

    public static readonly DiagnosticKind PeerInterval = Lint(
        953, "peers of different intervals in version 2", "Each discards the other's advertisements, and both become active.");

    public static readonly DiagnosticKind PeerIntervalLearned = Hint(
        954, "peers of different intervals in version 3",
        "A backup learns the interval of the active router, so it works; how fast a failure is noticed then depends on who was active.");

    public static readonly DiagnosticKind PeerAddresses = Lint(
        955, "peers of different addresses", "An address that one of them does not have goes away when that one takes over.");

    public static readonly DiagnosticKind PeerPrefixes = Hint(
        956, "peers of different prefix lengths", "Routes and the choice of source addresses change with the router that is active.");

    public static readonly DiagnosticKind PeerTransport = Lint(
        957, "multicast and unicast between peers", "Each waits for the other kind, and both become active.");

    public static readonly DiagnosticKind PeerGroup = Lint(
        958, "peers of different multicast groups", "They do not hear each other, and both become active.");

    public static readonly DiagnosticKind PeerNotListed = Lint(
        959, "peer that is not sent to", "It hears nothing, and becomes active too.");

    public static readonly DiagnosticKind PeerSameSource = Lint(
        960, "one source address on two peers", "A router discards what comes from its own address; the line was most likely copied.");

    public static readonly DiagnosticKind PeerChecksum = Lint(
        961, "checksums that differ between peers", "Without the setting the checksum is wrong, and the advertisement is discarded.");

    public static readonly DiagnosticKind PeerTtl = Lint(
        962, "TTL that a peer does not take", "Each router on the way lowers it by one and nothing raises it, so no advertisement is accepted.");

    public static readonly DiagnosticKind TwoOwners = Lint(
        963, "two address owners", "Only one router can own the addresses; the second one lowers its priority after a while of both being active.");

    public static readonly DiagnosticKind PriorityTie = Hint(
        964, "peers of one priority", "The router that is active stays so; when both begin at once the one with the higher source address wins.");

    public static readonly DiagnosticKind PeersPreempt = Lint(
        965, "nopreempt that is cleared on both peers", "'nopreempt' needs 'state BACKUP': with MASTER the higher priority always takes back.");

    public static readonly DiagnosticKind NopreemptOnTheLower = Hint(
        966, "nopreempt on the router that never preempts", "Preemption is what the router with the higher priority does.");

    public static readonly DiagnosticKind WeightWithoutFailover = Lint(
        967, "weight that never changes who is active", "With everything that the trackers of both routers can add, the same one stays ahead.");

    public static readonly DiagnosticKind GroupWonByBoth = Lint(
        968, "sync group that no router wins", "A group becomes active where all of its members win, and here each router wins some.");

    public static readonly DiagnosticKind GroupOnOneOnly = Lint(
        970, "sync group that not all peers have",
        "A router with the group waits until it wins all of them, while one without it gives up a single one: then nobody has that address.");

    public static readonly DiagnosticKind PeerMissing = Hint(
        969, "instance without a peer", "Nobody takes over when its router fails.");

    // Of the file that runs: keepalived does not look for such things, so they do not count for it.
    private static DiagnosticKind Lint(int number, string title, string? why) => Warning(number, ConfigErrorClass.Ok, title, why);
}
