namespace KeepalivedAot.Tests.Linux.Process;

/// <summary>A directory of this test's own, removed with all that is in it.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("keepalived-aot-test-");

    public string PathOf(string name) => System.IO.Path.Combine(_directory.FullName, name);

    /// <summary>Waits for a file that another process writes.</summary>
    public string Await(string name)
    {
        for (int waited = 0; waited < 20_000 && !File.Exists(PathOf(name)); waited += 5)
            Thread.Sleep(5);
        Assert.True(File.Exists(PathOf(name)), $"{name} appears");
        return PathOf(name);
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
