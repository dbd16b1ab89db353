using System.Runtime.CompilerServices;
using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.Native;

/// <summary>A test that fails shows the logs, addresses and adverts of its laboratory.</summary>
internal static class FailureReport
{
    [ModuleInitializer]
    internal static void Register() => Lab.Report = text => TestContext.Current.TestOutputHelper?.WriteLine(text);
}
