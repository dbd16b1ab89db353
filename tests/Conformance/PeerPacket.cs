using System.Text;
using KeepalivedAot.Base.Net;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Vrrp;
using KeepalivedAot.Vrrp.Wire;

namespace KeepalivedAot.Tests.Conformance;

/// <summary>What another router sends: an advertisement made from fields, or bytes as they are given.</summary>
internal sealed record PeerPacket(IpAddress Source, IpAddress Destination, int HopLimit, byte[] Bytes)
{
    /// <summary><c>advert from A [field value]...</c>: what is not said is as the router itself would send it.</summary>
    public static PeerPacket FromFields(VrrpParameters ours, IpAddress ourAddress, UnixTime now, string[] words, int line)
    {
        PeerSignature signature = new(now);
        VrrpParameters sender = ours;
        IpAddress source = default;
        IpAddress destination = ours.IsUnicast ? ourAddress : ours.Group;
        int priority = ours.BasePriority.Value;
        int hopLimit = 255;
        int type = 1;
        string checksum = "right";
        for (int i = 1; i + 1 < words.Length; i += 2)
        {
            string value = words[i + 1];
            switch (words[i])
            {
                case "from":
                    source = RouterWords.ReadAddress(value, line);
                    break;
                case "to":
                    destination = RouterWords.ReadAddress(value, line);
                    break;
                case "priority":
                    priority = ScenarioReader.ReadNumber(value, line);
                    break;
                case "ttl":
                    hopLimit = ScenarioReader.ReadNumber(value, line);
                    break;
                case "type":
                    type = ScenarioReader.ReadNumber(value, line);
                    break;
                case "checksum":
                    checksum = value;
                    break;
                case "vrid":
                    sender = sender with { Vrid = new Vrid((byte)ScenarioReader.ReadNumber(value, line)) };
                    break;
                case "version":
                    sender = sender with { Version = (VrrpVersion)ScenarioReader.ReadNumber(value, line) };
                    break;
                case "interval":
                    sender = sender with { AdvertisementInterval = ScenarioReader.ReadSeconds(value, line) };
                    break;
                case "auth_pass":
                    sender = sender with
                    {
                        Authentication = value == "none"
                            ? default : VrrpAuthentication.SimplePassword(Encoding.UTF8.GetBytes(value)),
                    };
                    break;
                case "addresses":
                    string[] addresses = value == "none" ? [] : value.Split(',');
                    sender = sender with
                    {
                        VirtualAddresses = [.. addresses.Select(word => RouterWords.ReadAddress(word, line))],
                    };
                    break;
                default:
                    ScenarioReader.Require(signature.TryTake(words[i], value, line), line, $"`{words[i]}` is no field of an advertisement");
                    break;
            }
        }
        ScenarioReader.Require(!source.IsNone, line, "advert from ADDRESS ...");
        byte[] bytes = Write(sender, source, destination, priority, hopLimit, type, checksum, line);
        return new PeerPacket(source, destination, hopLimit, signature.Sign(bytes, sender, source));
    }

    /// <summary><c>packet from A [to B] [ttl N] hex...</c></summary>
    public static PeerPacket FromHex(VrrpParameters ours, IpAddress ourAddress, string[] words, int line)
    {
        IpAddress source = default;
        IpAddress destination = ours.IsUnicast ? ourAddress : ours.Group;
        int hopLimit = 255;
        int i = 1;
        for (; i + 1 < words.Length && words[i] is "from" or "to" or "ttl"; i += 2)
        {
            if (words[i] == "from")
                source = RouterWords.ReadAddress(words[i + 1], line);
            else if (words[i] == "to")
                destination = RouterWords.ReadAddress(words[i + 1], line);
            else
                hopLimit = ScenarioReader.ReadNumber(words[i + 1], line);
        }
        return new PeerPacket(source, destination, hopLimit, Convert.FromHexString(string.Concat(words[i..])));
    }

    private static byte[] Write(
        VrrpParameters sender, IpAddress source, IpAddress destination, int priority, int hopLimit, int type,
        string checksum, int line)
    {
        bool isIPv4 = sender.Family == AddressFamily.IPv4;
        int header = isIPv4 ? Ipv4Header.MinimumLength : 0;
        byte[] bytes = new byte[header + VrrpWriter.MessageLength(sender.Version, sender.Family, sender.VirtualAddresses.Length)];
        Span<byte> message = bytes.AsSpan(header);
        VrrpWriter.WriteMessage(message, sender.Version, sender.Family, sender.Vrid, new Priority((byte)priority),
            sender.AdvertisementInterval, sender.VirtualAddresses.AsSpan(), sender.Authentication);
        message[0] = (byte)(message[0] & 0xF0 | type);
        bool messageOnly = isIPv4 && (sender.Version == VrrpVersion.V2 || (sender.V3ChecksumAsV2 && checksum != "pseudo"));
        VrrpWriter.WriteChecksum(
            message, messageOnly ? ChecksumForm.MessageOnly : ChecksumForm.PseudoHeader, source,
            checksum == "group" ? sender.Group : destination);
        Span<byte> field = message.Slice(6, 2);
        if (checksum == "wrong")
            field[0] ^= 0x40;
        else
            ScenarioReader.Require(checksum is "right" or "group" or "pseudo", line, "checksum right, wrong, group or pseudo");
        if (isIPv4)
            Ipv4Header.Write(bytes, bytes.Length, 1, (byte)hopLimit, Ipv4Header.ProtocolVrrp, source, destination);
        return bytes;
    }
}
