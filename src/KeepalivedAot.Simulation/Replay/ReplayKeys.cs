using KeepalivedAot.Base.Net;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Vrrp;
using KeepalivedAot.Daemon.Loading;
using KeepalivedAot.Daemon.Recording;
using KeepalivedAot.Daemon.Routers;
using KeepalivedAot.Linux.Files;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Authentication;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Simulation.Replay;

/// <summary>The stand-ins for keys: what was genuine when it was recorded is made genuine again, with them.</summary>
internal sealed class ReplayKeys : IHostFiles
{
    // As long as a key has to be at least.
    private const int KeyLength = 32;
    private const int ProofLength = 16;

    private readonly record struct Lock(byte Vrid, AddressFamily Family, bool IsUnicast, int KeyId, KeyedHash Hash);

    private List<Lock> _locks = [];

    /// <summary>Before anybody wipes them.</summary>
    public void Take(Configuration configuration)
    {
        List<Lock> locks = [];
        foreach (VrrpInstanceBlock block in configuration.VrrpInstances)
        {
            VrrpParameters parameters = ParameterMapping.ToParameters(block);
            if (parameters.Authentication.HeaderKey is { } key)
                locks.Add(new Lock(parameters.Vrid.Value, parameters.Family, parameters.IsUnicast, -1, KeyedHash.Md5(key)));
            foreach (NumberedKey numbered in parameters.Hmac?.Keys ?? [])
                locks.Add(new Lock(parameters.Vrid.Value, parameters.Family, parameters.IsUnicast, numbered.Id, KeyedHash.Sha256(numbered.Secret)));
        }
        _locks = locks;
    }

    /// <summary>Puts in what was left out.</summary>
    public void Seal(byte[] datagram, AddressFamily family, IpAddress source)
    {
        SealedDatagram.Kind kind = SealedDatagram.Find(datagram, family, out int message, out _);
        if (kind is not (SealedDatagram.Kind.CheckValue or SealedDatagram.Kind.Code) || datagram.Length <= message + 1)
            return;
        int keyId = kind == SealedDatagram.Kind.CheckValue ? -1 : HmacTrailer.KeyOf(datagram);
        byte vrid = datagram[message + 1];
        Lock found = _locks.Find(it => it.Vrid == vrid && it.Family == family && it.KeyId == keyId);
        if (found.Hash is null)
            return;
        if (kind == SealedDatagram.Kind.CheckValue)
        {
            AuthenticationHeader.Seal(datagram, message - AuthenticationHeader.Length, found.IsUnicast, found.Hash);
            return;
        }
        Span<byte> code = stackalloc byte[ProofLength];
        HmacTrailer.Seal(datagram.AsSpan(message), family, source, found.Hash, code);
        SealedDatagram.Close(datagram, family, code);
    }

    OsError IHostFiles.TryLook(string path, out FileStatus found)
    {
        found = default;
        return new OsError("stat", path, Errno.ENOENT);
    }

    OsError IHostFiles.TryLookThrough(string path, out FileStatus found) => ((IHostFiles)this).TryLook(path, out found);

    OsError IHostFiles.TryReadLink(string path, out string target)
    {
        target = "";
        return new OsError("readlink", path, Errno.ENOENT);
    }

    // A key in a file of the host that was recorded: another one for each path.
    OsError IHostFiles.TryReadStart(string path, int length, out byte[] start)
    {
        start = new byte[KeyLength];
        for (int i = 0; i < start.Length; i++)
            start[i] = path.Length == 0 ? (byte)'x' : (byte)('a' + path[i % path.Length] % 26);
        return OsError.None;
    }
}
