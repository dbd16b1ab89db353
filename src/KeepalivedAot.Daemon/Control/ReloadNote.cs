using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Daemon.Control;

/// <summary>How a reload has ended.</summary>
/// <param name="Text">What it came to, or why it was refused.</param>
internal sealed record ReloadNote(UnixTime At, bool Accepted, string Text);
