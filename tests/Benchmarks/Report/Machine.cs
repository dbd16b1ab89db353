namespace KeepalivedAot.Benchmarks.Report;

/// <summary>Where the run took place.</summary>
internal sealed record Machine(string Processor, int Processors, double MemoryGigabytes, string Kernel, string System);
