namespace KeepalivedAot.Daemon.Hosting;

/// <summary>The numbers of the daemon's own log events. VRRP's are in its own list; the daemon's begin at 1000.</summary>
internal static class EventIds
{
    // Life of the process.
    public const int Starting = 1000;
    public const int RunningOn = 1001;
    public const int CommandLine = 1002;
    public const int ConfigurationFile = 1003;
    public const int StartupComplete = 1004;
    public const int Stopping = 1005;
    public const int Stopped = 1006;
    public const int AlreadyRunning = 1007;
    public const int PidFile = 1008;
    public const int System = 1009;
    public const int NothingToRun = 1010;
    public const int OptionWithoutEffect = 1011;
    public const int SignalIgnored = 1012;
    public const int Measurements = 1013;

    // Configuration.
    public const int ConfigurationFinding = 1020;
    public const int Reloading = 1021;
    public const int ReloadComplete = 1022;
    public const int ReloadRefused = 1023;
    public const int ReloadChange = 1024;
    public const int ConfigurationDump = 1025;

    // Interfaces and the kernel.
    public const int InterfaceAdded = 1040;
    public const int InterfaceDeleted = 1041;
    public const int InterfaceRenamed = 1042;
    public const int LinkUpOrDown = 1043;
    public const int AddressAssigned = 1044;
    public const int AddressDeassigned = 1045;
    public const int NetlinkOverrun = 1046;
    public const int NetlinkSnapshotFailed = 1047;
    public const int NetlinkMalformed = 1048;
    public const int AddressRefused = 1049;
    public const int AddressWasThere = 1050;
    public const int AddressLost = 1051;
    public const int StaleAddress = 1052;
    public const int KernelRecord = 1053;

    // Sockets.
    public const int TransportOpened = 1060;
    public const int TransportFailed = 1061;
    public const int SendFailed = 1062;
    public const int AnnouncementFailed = 1063;
    public const int UnknownVrid = 1064;
    public const int ReceiveFailed = 1065;
    public const int AnnouncementQueued = 1066;
    public const int AnnouncementSent = 1067;
}
