using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Toml;

/// <summary>What came out of reading <c>keepalived-aot.toml</c>; there are always <see cref="Settings"/>, if only the defaults.</summary>
public sealed record SettingsResult(Settings Settings, DiagnosticBag Diagnostics, SourceMap Sources);
