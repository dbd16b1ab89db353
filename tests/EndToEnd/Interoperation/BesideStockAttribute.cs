using Xunit.v3;

namespace KeepalivedAot.Tests.EndToEnd.Interoperation;

/// <summary>
/// The test runs ours and stock keepalived alone: each of them, if that is its argument, or one after the other, and compares what they put
/// out.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class BesideStockAttribute : Attribute, ITraitAttribute
{
    // What `make interop` looks for.
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Interoperation", "alone")];
}
