using KeepalivedAot.Base;

namespace KeepalivedAot.Linux.Logging;

/// <summary>The program's name in the log, <c>Keepalived_vrrp</c>, shared by the places that its lines go to. What is longer is cut.</summary>
public sealed class LogIdent
{
    public const int LongestText = 128;

    private readonly byte[] _bytes = new byte[LongestText];
    private int _length;

    public LogIdent(string name) => Name = name;

    /// <summary>Can be changed while running: the network namespace and instance names are appended to it.</summary>
    public string Name
    {
        get => ByteText.Decode(Bytes);
        set
        {
            byte[] bytes = ByteText.Encode(value);
            _length = Math.Min(bytes.Length, LongestText);
            bytes.AsSpan(0, _length).CopyTo(_bytes);
        }
    }

    public ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, _length);
}
