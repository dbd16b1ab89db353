[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

// Waiting is most of what these tests do; four laboratories at a time do not disturb each other on two processors.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All, MaxThreads = 4)]

[assembly: KeepalivedAot.Tests.EndToEnd.Interoperation.Matrix]
