using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>The version of HTTP that is spoken.</summary>
public enum HttpProtocol : byte
{
    [Word("1.0")] Http10,

    /// <summary>1.0, with a header that asks the server to close the connection.</summary>
    [Word("1.0C")] Http10Close,

    /// <summary>The same in another spelling; <see cref="Http10Close"/> after loading.</summary>
    [Word("1.0c")] Http10CloseLower,
    [Word("1.1")] Http11,
}
