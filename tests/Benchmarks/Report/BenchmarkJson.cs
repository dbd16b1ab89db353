using System.Text.Json.Serialization;

namespace KeepalivedAot.Benchmarks.Report;

// What is computed (read-only) is not data.
[JsonSourceGenerationOptions(
    WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, NewLine = "\n", IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(BenchmarkRun))]
internal sealed partial class BenchmarkJson : JsonSerializerContext;
