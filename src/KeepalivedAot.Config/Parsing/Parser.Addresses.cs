using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Schema;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Parsing;

// IP addresses and prefixes (grammar 13.6).
internal sealed partial class Parser
{
    /// <param name="takesPort">A port may follow as a word of its own.</param>
    public bool TryAddress(AddressFamily family, bool isMulticast, out IpAddress address, bool takesPort = false)
    {
        address = default;
        if (!TryTake(out Word word))
            return false;
        int end = word.Text.IndexOfAny((byte)'-', (byte)'/');
        if (!ConfigAddress.TryParse(end < 0 ? word.Text : word.Text[..end], out address))
            return RejectAddress(word, takesPort);
        if (end >= 0)
        {
            diagnostics.Report(
                DiagnosticCatalogue.AddressCut, word.Span, $"'{Keyword}' takes one address; read as {address}", $"write {address}");
        }
        return IsAsWanted(word, address, family, isMulticast);
    }

    public bool TryPrefix(AddressFamily family, out IpPrefix prefix)
    {
        prefix = default;
        if (!TryTake(out Word word))
            return false;
        int slash = word.Text.IndexOf((byte)'/');
        if (!ConfigAddress.TryParse(slash < 0 ? word.Text : word.Text[..slash], out IpAddress address))
            return RejectAddress(word);
        uint length = (uint)address.HostPrefixLength;
        if (slash >= 0 && !ConfigNumber.TryParse(word.Text[(slash + 1)..], length, out length))
        {
            Refuse(
                DiagnosticCatalogue.InvalidPrefixLength, word,
                $"the prefix length of an {FamilyName(address.Family)} address is 0 to {address.HostPrefixLength}; "
                + $"{address}/{address.HostPrefixLength} is used",
                MeantLength(word.Text[(slash + 1)..], address) is { } meant ? $"write {address}/{meant}"
                    : $"write the prefix length of its network, such as {address}/{(address.Family == AddressFamily.IPv6 ? 64 : 24)}");
            length = (uint)address.HostPrefixLength;
        }
        prefix = new IpPrefix(address, (byte)length);
        return IsAsWanted(word, address, family, isMulticast: false);
    }

    private bool RejectAddress(Word word, bool takesPort = false)
    {
        string whose = _cursor - 1 == _keyword ? "" : $" after '{Keyword}'";
        _isLineUsable = false;
        string? help = OtherForms.OfAddress(word.Text, takesPort);
        if (_open.Peek().Block is null && HasNext && word.Text.EndsWith(","u8))
        {
            // A list as other programs have it: one mistake, however long it is.
            TakeRest();
            help = "write each address on a line of its own, without the ','";
        }
        return Refuse(DiagnosticCatalogue.InvalidAddress, word, $"'{word}'{whose} is no IP address", help ?? "write an address, such as 192.0.2.1 or 2001:db8::1");
    }

    // 255.255.255.0 and the comma of a list.
    private static uint? MeantLength(ReadOnlySpan<byte> text, IpAddress address)
    {
        ReadOnlySpan<byte> bare = text.TrimEnd(",;"u8);
        return ConfigAddress.LengthOfMask(bare) is { } ofMask && address.Family == AddressFamily.IPv4 ? (uint)ofMask
            : ConfigNumber.TryParse(bare, (uint)address.HostPrefixLength, out uint length) && !bare.IsEmpty ? length : null;
    }

    private bool IsAsWanted(Word word, IpAddress address, AddressFamily family, bool isMulticast)
    {
        if (family != AddressFamily.None && address.Family != family)
        {
            diagnostics.Report(
                DiagnosticCatalogue.WrongFamily, word.Span, $"'{Keyword}' takes an {FamilyName(family)} address, not {address}");
            return false;
        }
        if (isMulticast && !address.IsMulticast)
        {
            diagnostics.Report(DiagnosticCatalogue.NotMulticast, word.Span, $"'{Keyword}' takes a multicast address, not {address}");
            return false;
        }
        return true;
    }

    private static string FamilyName(AddressFamily family) => family == AddressFamily.IPv6 ? "IPv6" : "IPv4";
}
