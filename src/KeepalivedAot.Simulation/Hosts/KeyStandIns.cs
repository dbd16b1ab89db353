using System.Text;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;

namespace KeepalivedAot.Simulation.Hosts;

/// <summary>The files of this machine, and for a key that is on the router only one that all simulated routers share.</summary>
/// <remarks>So a pair whose keys are really different is not found out: keys should not be where a simulation is run.</remarks>
internal sealed class KeyStandIns : IHostFiles
{
    private static readonly byte[] s_key = Encoding.ASCII.GetBytes("a key that only simulations know, of 40 b");

    private readonly IHostFiles _here = new Daemon.Loading.HostFiles();

    public OsError TryLook(string path, out FileStatus found) => _here.TryLook(path, out found);

    public OsError TryLookThrough(string path, out FileStatus found) => _here.TryLookThrough(path, out found);

    public OsError TryReadLink(string path, out string target) => _here.TryReadLink(path, out target);

    public OsError TryReadStart(string path, int length, out byte[] start)
    {
        OsError failure = _here.TryReadStart(path, length, out start);
        if (!failure.IsError)
            return failure;
        start = [.. s_key];
        return OsError.None;
    }
}
