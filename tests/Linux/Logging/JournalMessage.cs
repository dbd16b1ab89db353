using System.Buffers.Binary;
using System.Text;

namespace KeepalivedAot.Tests.Linux.Logging;

/// <summary>A datagram for systemd-journald taken apart (systemd.io, "Native Journal Protocol").</summary>
internal static class JournalMessage
{
    public static Dictionary<string, string> Parse(ReadOnlySpan<byte> datagram)
    {
        Dictionary<string, string> fields = [];
        while (!datagram.IsEmpty)
        {
            int end = datagram.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = datagram[..end];
            datagram = datagram[(end + 1)..];
            if (line.IndexOf((byte)'=') is >= 0 and int equals)
            {
                Add(fields, line[..equals], line[(equals + 1)..]);
                continue;
            }
            int length = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(datagram));
            Add(fields, line, datagram.Slice(sizeof(ulong), length));
            datagram = datagram[(sizeof(ulong) + length)..];
            Assert.Equal((byte)'\n', datagram[0]);
            datagram = datagram[1..];
        }
        return fields;
    }

    private static void Add(Dictionary<string, string> fields, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        string text = Encoding.ASCII.GetString(name);
        Assert.Matches("^[A-Z][A-Z0-9_]{0,63}$", text);
        fields.Add(text, Encoding.UTF8.GetString(value));
    }
}
