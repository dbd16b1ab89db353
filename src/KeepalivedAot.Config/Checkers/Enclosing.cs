using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.VirtualServers;

namespace KeepalivedAot.Config.Checkers;

/// <summary>Where a checker takes what it does not say itself, and whom it tells what is wrong.</summary>
internal readonly record struct Enclosing(VirtualServerBlock Service, RealServerBlock Server, DiagnosticBag Diagnostics);
