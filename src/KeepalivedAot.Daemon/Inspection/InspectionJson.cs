using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using KeepalivedAot.Base.Net;

namespace KeepalivedAot.Daemon.Inspection;

/// <summary>JSON of the verbs that look at a network: one value on a line.</summary>
internal static class InspectionJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Line(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> bytes = new();
        using (Utf8JsonWriter json = new(bytes, s_options))
            write(json);
        bytes.Write("\n"u8);
        return bytes.WrittenSpan.ToArray();
    }

    public static void WriteAddresses(Utf8JsonWriter json, string name, IEnumerable<IpAddress> addresses)
    {
        json.WriteStartArray(name);
        foreach (IpAddress address in addresses)
            json.WriteStringValue(address.ToString());
        json.WriteEndArray();
    }
}
