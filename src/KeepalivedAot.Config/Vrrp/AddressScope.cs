using System.Globalization;
using KeepalivedAot.Config.Routing.Names;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Vrrp;

/// <summary>The scope of an IPv4 address (rtnetlink's <c>ifa_scope</c>), a number or one of iproute2's names.</summary>
/// <param name="Name">Null for a number, and for a name whose number is known.</param>
public readonly record struct AddressScope(byte Value, string? Name = null) : IConfigValue<AddressScope>
{
    public static string Expects => "global, site, link, host, nowhere, a number from 0 to 255 or an rt_scopes name";

    public static bool TryParse(ReadOnlySpan<byte> text, out AddressScope value)
    {
        bool valid = NamedNumber<ScopeKind>.TryParse(text, out NamedNumber<ScopeKind> scope);
        // The names that everybody has are numbers at once.
        value = scope.Name is not null && BuiltInNames.TryFind(NameTable.Scopes, scope.Name, out uint number)
            ? new AddressScope((byte)number)
            : new AddressScope((byte)scope.Number, scope.Name);
        return valid;
    }

    /// <summary>The same as a number; global where the name is not known.</summary>
    internal NameAnswer Resolve(INameTables names, out AddressScope value)
    {
        NameAnswer answer = new NamedNumber<ScopeKind>(Value, Name).Resolve(names, out NamedNumber<ScopeKind> scope);
        value = answer == NameAnswer.NotKnownHere ? this : new AddressScope((byte)scope.Number);
        return answer;
    }

    public override string ToString() => Name is null ? Value.ToString(CultureInfo.InvariantCulture) : new NamedNumber<ScopeKind>(0, Name).ToString();
}
