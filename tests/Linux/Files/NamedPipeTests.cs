using System.Text;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Tests.Linux.Process;

namespace KeepalivedAot.Tests.Linux.Files;

public sealed class NamedPipeTests : IDisposable
{
    private const uint Mode = 0x1A4;

    private readonly TemporaryDirectory _directory = new();

    private string At => _directory.PathOf("fifo");

    public void Dispose() => _directory.Dispose();

    private NamedPipe Open()
    {
        NamedPipe? pipe = NamedPipe.Open(At, Mode, null, out OsError error);
        Assert.False(error.IsError, error.ToString());
        return pipe!;
    }

    [Fact]
    public void Open_ofNothing_makesItAndRemoveTakesItAway()
    {
        using NamedPipe pipe = Open();
        Assert.True(pipe.WasMade);
        Assert.False(FileStatus.TryRead(At, out FileStatus status).IsError);
        Assert.Equal(FileType.Other, status.Type);
        Assert.Equal(NamedPipePlace.Same, pipe.Look());
        Assert.False(pipe.Remove().IsError);
        Assert.False(File.Exists(At));
        Assert.Equal(NamedPipePlace.Missing, pipe.Look());
    }

    [Fact]
    public void Open_ofOneThatIsThere_takesIt()
    {
        using NamedPipe first = Open();
        using NamedPipe second = Open();
        Assert.False(second.WasMade);
        Assert.Equal(Errno.None, second.Write("line\n"u8));
    }

    [Fact]
    public void Write_withoutAReader_staysForOneThatComes()
    {
        using NamedPipe pipe = Open();
        Assert.Equal(Errno.None, pipe.Write("INSTANCE \"VI_1\" MASTER 100\n"u8));
        using FileStream reader = new(At, FileMode.Open, FileAccess.Read);
        byte[] buffer = new byte[100];
        int length = reader.Read(buffer);
        Assert.Equal("INSTANCE \"VI_1\" MASTER 100\n", Encoding.UTF8.GetString(buffer, 0, length));
    }

    [Fact]
    public void Write_whenItIsFull_isRefusedWithoutWaiting()
    {
        using NamedPipe pipe = Open();
        byte[] line = new byte[1000];
        Errno error = Errno.None;
        int written = 0;
        while (error == Errno.None && written < 1000)
        {
            error = pipe.Write(line);
            written++;
        }
        Assert.Equal(Errno.EAGAIN, error);
        Assert.InRange(written, 30, 200);
    }

    [Theory]
    [InlineData("file", Errno.EINVAL)]
    [InlineData("directory", Errno.EINVAL)]
    [InlineData("link", Errno.EINVAL)]
    [InlineData("link to a fifo", Errno.EINVAL)]
    public void Open_ofWhatIsNoFifo_isRefusedAndNothingIsTouched(string what, Errno expected)
    {
        string target = _directory.PathOf("target");
        switch (what)
        {
            case "file":
                File.WriteAllText(At, "mine");
                break;
            case "directory":
                Directory.CreateDirectory(At);
                break;
            case "link":
                File.WriteAllText(target, "mine");
                File.CreateSymbolicLink(At, target);
                break;
            default:
                NamedPipe.Open(target, Mode, null, out _)!.Dispose();
                File.CreateSymbolicLink(At, target);
                break;
        }
        Assert.Null(NamedPipe.Open(At, Mode, null, out OsError error));
        Assert.Equal(expected, error.Errno);
        if (what == "file")
            Assert.Equal("mine", File.ReadAllText(At));
        if (what == "link")
            Assert.Equal("mine", File.ReadAllText(target));
    }

    [Fact]
    public void Look_afterReplacement_tells()
    {
        using NamedPipe pipe = Open();
        File.Move(At, _directory.PathOf("moved"));
        Assert.Equal(NamedPipePlace.Missing, pipe.Look());
        File.WriteAllText(At, "");
        Assert.Equal(NamedPipePlace.Other, pipe.Look());
        Assert.False(pipe.Remove().IsError);
        Assert.True(File.Exists(At));
    }

    [Fact]
    public void Open_ofAnotherUsers_isRefusedUnlessItIsTheOwnersToBe()
    {
        Assert.SkipUnless(Environment.UserName == "root", "needs root");
        using (NamedPipe made = NamedPipe.Open(At, Mode, (12345, 12345), out _)!)
            Assert.True(made.WasMade);
        Assert.False(FileStatus.TryRead(At, out FileStatus status).IsError);
        Assert.Equal((12345u, 12345u), (status.UserId, status.GroupId));
        Assert.Null(NamedPipe.Open(At, Mode, null, out OsError error));
        Assert.Equal(Errno.EPERM, error.Errno);
        using NamedPipe? again = NamedPipe.Open(At, Mode, (12345, 12345), out error);
        Assert.NotNull(again);
    }
}
