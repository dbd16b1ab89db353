using System.Text;
using KeepalivedAot.Linux.Interop;
using KeepalivedAot.Linux.Netlink;

namespace KeepalivedAot.Tests.Linux.Netlink;

internal sealed class ResultRecorder : INetlinkResults
{
    public List<(int Tag, Errno Error, string Extack)> Results { get; } = [];

    public IEnumerable<Errno> Errors => Results.Select(r => r.Error);

    public void OnResult(int tag, Errno error, ReadOnlySpan<byte> extack)
        => Results.Add((tag, error, Encoding.UTF8.GetString(extack)));
}
