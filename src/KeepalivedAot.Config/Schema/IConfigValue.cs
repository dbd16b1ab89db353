namespace KeepalivedAot.Config.Schema;

/// <summary>A type of value that is one word in the file and that reads itself; its <c>ToString</c> gives that word back.</summary>
public interface IConfigValue<TSelf> where TSelf : IConfigValue<TSelf>
{
    /// <summary>What the word may be, for messages and the manual: "an IPv4 address, + or -".</summary>
    static abstract string Expects { get; }

    static abstract bool TryParse(ReadOnlySpan<byte> text, out TSelf value);
}
