[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

// Waiting is most of what these tests do: four laboratories at a time left three quarters of two processors idle.
[assembly: Xunit.v3.Parallelization(Mode = Xunit.Sdk.ParallelMode.All, MaxThreads = 6)]

[assembly: KeepalivedAot.Tests.EndToEnd.Interoperation.Matrix]
