namespace KeepalivedAot.Daemon.Hosting;

/// <summary>The numbers of the daemon's own log events. VRRP's are in its own list; the daemon's are below 1000.</summary>
internal static class EventIds
{
    // Life of the process.
    public const int Starting = 100;
    public const int RunningOn = 101;
    public const int CommandLine = 102;
    public const int ConfigurationFile = 103;
    public const int StartupComplete = 104;
    public const int Stopping = 105;
    public const int Stopped = 106;
    public const int AlreadyRunning = 107;
    public const int PidFile = 108;
    public const int System = 109;
    public const int NothingToRun = 110;
    public const int OptionWithoutEffect = 111;
    public const int SignalIgnored = 112;
    public const int Measurements = 113;
    public const int StartupDelay = 114;
    public const int Registering = 115;
    public const int InternalError = 116;
    public const int Namespace = 117;
    public const int Privileges = 118;

    // Configuration.
    public const int ConfigurationFinding = 120;
    public const int Reloading = 121;
    public const int ReloadComplete = 122;
    public const int ReloadRefused = 123;
    public const int ReloadChange = 124;
    public const int ConfigurationDump = 125;

    // Interfaces and the kernel.
    public const int InterfaceAdded = 140;
    public const int InterfaceDeleted = 141;
    public const int InterfaceRenamed = 142;
    public const int LinkUpOrDown = 143;
    public const int AddressAssigned = 144;
    public const int AddressDeassigned = 145;
    public const int NetlinkOverrun = 146;
    public const int NetlinkSnapshotFailed = 147;
    public const int NetlinkMalformed = 148;
    public const int AddressRefused = 149;
    public const int AddressWasThere = 150;
    public const int FirewallTable = 151;
    public const int StaleAddress = 152;
    public const int KernelRecord = 153;
    public const int LinkDelay = 154;
    public const int Linkbeat = 155;
    public const int BfdSession = 156;
    public const int RoutingRefused = 157;
    public const int RoutingRestored = 158;
    public const int FirewallRefused = 159;

    // Sockets.
    public const int TransportOpened = 160;
    public const int TransportFailed = 161;
    public const int AnnouncementFailed = 163;
    public const int ReceiveFailed = 165;

    // Mail.
    public const int MailConnected = 170;
    public const int MailSent = 171;
    public const int MailRefused = 172;
    public const int MailLost = 173;
    public const int MailProblem = 174;

    // Scripts and notifications.
    public const int ScriptNotRun = 180;
    public const int ScriptSurvives = 181;
    public const int ScriptFailed = 182;
    public const int ScriptEnded = 183;
    public const int ScriptCheck = 184;
    public const int ScriptSecurity = 185;
    public const int NotificationsDropped = 186;
    public const int FifoFailed = 187;
    public const int FifoScriptEnded = 188;
    public const int StartOrStopScript = 189;

    // What is tracked.
    public const int TrackedFile = 190;
    public const int TrackedProcess = 191;

    // Scheduling.
    public const int ProcessTuning = 200;
    public const int AutoPriority = 201;
    public const int AutoPriorityUnset = 202;
    public const int TimeLimitNear = 203;

    // Interfaces that are made for instances, and settings of the kernel.
    public const int LinkMade = 210;
    public const int LinkRemoved = 211;
    public const int LinkRefused = 212;
    public const int KernelSetting = 213;
    public const int Reasserted = 214;
    public const int NoArp = 215;

    // More of interfaces and the kernel.
    public const int RoutingWasThere = 220;
    public const int LinkFilter = 221;

    // What others ask of the daemon, and what it remembers.
    public const int ControlSocket = 230;
    public const int ControlRequest = 231;
    public const int ControlFailed = 350;
    public const int ServiceReport = 351;
    public const int Journal = 232;
    public const int Maintenance = 233;
    public const int Recording = 234;

    // Reload.
    public const int ReloadPlan = 310;
    public const int ReloadQueued = 311;
    public const int ReloadFile = 312;
    public const int ReloadTime = 313;
    public const int ReloadWatch = 314;
    // Dumps.
    public const int DumpBegins = 300;
    public const int DumpFailed = 301;
    // Metrics.
    public const int MetricsServed = 340;
    public const int MetricsEnded = 341;
    public const int MetricsRefused = 342;
    // The watch for what others on the segment do wrong.
    public const int NeighbourWatch = 343;
    // Time.
    public const int Standstill = 360;
    // The log itself: 320, lines that were dropped, is in KeepalivedAot.Linux.Logging.LogEvents.
    public const int LogTarget = 321;
}
