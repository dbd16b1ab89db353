namespace KeepalivedAot.Config.Diagnostics;

/// <summary>Every kind of finding, with its stable code. Numbers are never reused.</summary>
/// <remarks>KA01xx text, KA02xx blocks and words, KA03xx values, KA04xx VRRP, KA05xx files and the system.</remarks>
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind UnmatchedQuote = Error(
        101, ConfigErrorClass.UnmatchedQuote, "double quote without partner",
        "A quoted word ends on the line on which it begins; what follows the lone quote is lost.");

    public static readonly DiagnosticKind NulByte = Error(
        102, ConfigErrorClass.GeneralError, "NUL byte in a line", "The file is damaged, or no text; keepalived drops such a line too.");

    public static readonly DiagnosticKind LongLine = Error(
        103, ConfigErrorClass.GeneralError, "line too long", "keepalived's lines end there; it would take the rest for a line of its own.");

    public static readonly DiagnosticKind TrailingBackslash = Warning(
        104, ConfigErrorClass.Ok, "backslash at the end of a line", "Only definitions go on behind a backslash.");

    public static readonly DiagnosticKind DirectiveNotYet = Fatal(
        105, ConfigErrorClass.Fatal, "preprocessor directive that is not done yet",
        "Without it the file would be read as something else than was meant.");

    public static readonly DiagnosticKind UnknownKeyword = Error(
        201, ConfigErrorClass.UnknownKeyword, "unknown keyword", "The line, with its block if it has one, is ignored.");

    public static readonly DiagnosticKind NotYet = Warning(
        202, ConfigErrorClass.Ok, "keyword that is not done yet", "keepalived does it; here the line, with its block if it has one, is ignored.");

    public static readonly DiagnosticKind UnexpectedOpeningBrace = Error(
        203, ConfigErrorClass.UnexpectedOpeningBrace, "'{' where no block begins", null);

    public static readonly DiagnosticKind MissingOpeningBrace = Error(
        204, ConfigErrorClass.MissingOpeningBrace, "missing '{'", null);

    public static readonly DiagnosticKind UnexpectedClosingBrace = Error(
        205, ConfigErrorClass.UnexpectedClosingBrace, "'}' where no block is open", null);

    public static readonly DiagnosticKind MissingClosingBrace = Error(
        206, ConfigErrorClass.MissingClosingBrace, "missing '}'", "What follows would be read as part of the block that was left open.");

    public static readonly DiagnosticKind ExtraWords = Warning(
        207, ConfigErrorClass.Ok, "words that nobody reads", "keepalived ignores them in silence.");

    public static readonly DiagnosticKind Repeated = Warning(
        208, ConfigErrorClass.Ok, "keyword given twice", "The last one counts.");

    public static readonly DiagnosticKind BlockName = Error(
        209, ConfigErrorClass.GeneralError, "block without exactly one name", "The block is ignored.");

    public static readonly DiagnosticKind DuplicateName = Error(
        210, ConfigErrorClass.GeneralError, "two blocks of one name", "The second one is ignored.");

    public static readonly DiagnosticKind DeprecatedWord = Warning(
        211, ConfigErrorClass.Ok, "deprecated keyword", null);

    public static readonly DiagnosticKind DeprecatedCounts = Warning(
        212, ConfigErrorClass.Deprecated, "deprecated keyword that a config test counts", null);

    public static readonly DiagnosticKind NoEffect = Warning(
        213, ConfigErrorClass.Ok, "keyword without effect", "keepalived accepts it and does nothing either.");

    public static readonly DiagnosticKind MissingBlock = Error(
        214, ConfigErrorClass.MissingOpeningBrace, "block keyword without its block", null);

    public static readonly DiagnosticKind MissingOpeningBraceOfLines = Error(
        215, ConfigErrorClass.UnexpectedClosingBrace, "missing '{' of a list",
        "keepalived reads on as if it were there, and then takes the '}' for one too many.");

    public static readonly DiagnosticKind ExtraWordsBeforeBrace = Error(
        216, ConfigErrorClass.GeneralError, "words between a keyword and its '{'", "They are ignored.");

    public static readonly DiagnosticKind NeededNotYet = Fatal(
        217, ConfigErrorClass.Fatal, "something that is not done yet and cannot be left out",
        "Without it the daemon would do something else than the file says.");

    public static readonly DiagnosticKind MissingParameter = Fatal(
        301, ConfigErrorClass.MissingParameter, "keyword without its value", "keepalived stops here with exit status 2.");

    public static readonly DiagnosticKind InvalidNumber = Error(
        302, ConfigErrorClass.InvalidNumber, "no valid number", "The value that held before stays.");

    public static readonly DiagnosticKind NumberOutOfRange = Error(
        303, ConfigErrorClass.InvalidNumber, "number out of range", "The value that held before stays.");

    public static readonly DiagnosticKind TrailingCharacters = Error(
        304, ConfigErrorClass.InvalidNumber, "something behind the digits of a number", "keepalived reads no units.");

    public static readonly DiagnosticKind TooManyDecimals = Error(
        305, ConfigErrorClass.InvalidNumber, "too many decimals", "The number is rounded.");

    public static readonly DiagnosticKind InvalidBoolean = Error(
        306, ConfigErrorClass.GeneralError, "neither true nor false", "The value that held before stays.");

    public static readonly DiagnosticKind InvalidWord = Error(
        307, ConfigErrorClass.GeneralError, "not one of the words that are possible here", null);

    public static readonly DiagnosticKind InvalidAddress = Error(
        308, ConfigErrorClass.GeneralError, "no IP address", "Names are not looked up.");

    public static readonly DiagnosticKind InvalidPrefixLength = Error(
        309, ConfigErrorClass.GeneralError, "no prefix length", "The address is used as that of a single host.");

    public static readonly DiagnosticKind AddressCut = Warning(
        310, ConfigErrorClass.Ok, "something behind an address", "keepalived cuts an address at the first - or / in silence.");

    public static readonly DiagnosticKind WrongFamily = Error(
        311, ConfigErrorClass.GeneralError, "address of the other family", null);

    public static readonly DiagnosticKind TooLong = Error(
        312, ConfigErrorClass.GeneralError, "text too long", null);

    public static readonly DiagnosticKind InvalidInterfaceName = Error(
        313, ConfigErrorClass.GeneralError, "no name of an interface", "The kernel knows names of 1 to 15 bytes, without blank and slash.");

    public static readonly DiagnosticKind UnknownOption = Error(
        314, ConfigErrorClass.GeneralError, "unknown option", null);

    public static readonly DiagnosticKind MissingKeyword = Fatal(
        315, ConfigErrorClass.GeneralError, "block without a keyword that it needs", null);

    public static readonly DiagnosticKind NotMulticast = Error(
        316, ConfigErrorClass.GeneralError, "no multicast address", null);

    public static readonly DiagnosticKind OptionWithoutValue = Error(
        317, ConfigErrorClass.GeneralError, "value missing where it can be done without", "The line is ignored.");

    public static readonly DiagnosticKind SecondIgnored = Error(
        319, ConfigErrorClass.GeneralError, "keyword that counts only once", null);

    public static readonly DiagnosticKind ZeroRepeat = Error(
        318, ConfigErrorClass.GeneralError, "no repetitions", "At least one message is sent.");

    public static readonly DiagnosticKind InterfaceMissing = Fatal(
        401, ConfigErrorClass.GeneralError, "instance without an interface",
        "Only unicast can do without, and then only with peers.");

    public static readonly DiagnosticKind DuplicateVrid = Fatal(
        402, ConfigErrorClass.GeneralError, "one VRID twice on an interface",
        "Each would take the other's advertisements for those of its own virtual router.");

    public static readonly DiagnosticKind NoAddresses = Fatal(
        403, ConfigErrorClass.GeneralError, "no virtual address", "VRRP version 3 and strict mode demand one.");

    public static readonly DiagnosticKind NoAddressesInV2 = Error(
        404, ConfigErrorClass.GeneralError, "no virtual address with version 2",
        "The instance elects a router, and nothing moves with it. If that is meant, 'no_virtual_ipaddress' says so.");

    public static readonly DiagnosticKind FirstAddressNotLinkLocal = Warning(
        405, ConfigErrorClass.Ok, "first IPv6 address not link-local", "RFC 9568, 5.2.9: hosts use it as their next hop.");

    public static readonly DiagnosticKind TooManyAddresses = Error(
        406, ConfigErrorClass.GeneralError, "more addresses than an advertisement holds",
        "They come and go with the others all the same, but peers are not told of them.");

    public static readonly DiagnosticKind AddressOfOtherFamily = Error(
        407, ConfigErrorClass.GeneralError, "address of the other family",
        "An instance is IPv4 or IPv6, whichever is written first; other addresses go into virtual_ipaddress_excluded.");

    public static readonly DiagnosticKind VersionConflict = Error(
        408, ConfigErrorClass.GeneralError, "version 2 over IPv6",
        "VRRP version 2 is for IPv4; keepalived does it over IPv6 only when 'version 2' is written before the first IPv6 address.");

    public static readonly DiagnosticKind IntervalNotWhole = Error(
        409, ConfigErrorClass.GeneralError, "interval that is not a whole number of seconds", "VRRP version 2 has whole seconds only.");

    public static readonly DiagnosticKind IntervalTooFine = Error(
        410, ConfigErrorClass.GeneralError, "interval that is not a whole number of centiseconds", "VRRP version 3 has centiseconds.");

    public static readonly DiagnosticKind IntervalTooLong = Error(
        411, ConfigErrorClass.GeneralError, "interval too long for version 3", "The packet has 12 bits for centiseconds.");

    public static readonly DiagnosticKind NopreemptCleared = Error(
        412, ConfigErrorClass.GeneralError, "nopreempt that cannot hold", "'nopreempt' needs state BACKUP and a priority below 255.");

    public static readonly DiagnosticKind PreemptDelayCleared = Error(
        413, ConfigErrorClass.GeneralError, "preempt_delay that cannot hold", "It delays a preemption that does not happen, or that may not be delayed.");

    public static readonly DiagnosticKind StrictMode = Error(
        414, ConfigErrorClass.GeneralError, "setting against strict mode", "Strict mode allows only what the standard has.");

    public static readonly DiagnosticKind StrictUnicast = Fatal(
        415, ConfigErrorClass.GeneralError, "unicast in strict mode", "The standard knows multicast only.");

    public static readonly DiagnosticKind AuthenticationIgnored = Error(
        416, ConfigErrorClass.GeneralError, "authentication that is not used", null);

    public static readonly DiagnosticKind PasswordTruncated = Error(
        417, ConfigErrorClass.GeneralError, "password longer than 8 characters", "Only the first 8 are sent and compared.");

    public static readonly DiagnosticKind UnicastWithoutPeers = Error(
        418, ConfigErrorClass.Deprecated, "unicast without peers", "keepalived falls back to multicast, and will not do so for ever.");

    public static readonly DiagnosticKind NoPeersFault = Error(
        419, ConfigErrorClass.Ok, "unicast without peers that is a fault", "'unicast_fault_no_peer' makes it one.");

    public static readonly DiagnosticKind UnicastTtlWithoutPeers = Error(
        420, ConfigErrorClass.GeneralError, "unicast_ttl without unicast", null);

    public static readonly DiagnosticKind DuplicatePeer = Error(
        421, ConfigErrorClass.GeneralError, "peer given twice", "It is used once.");

    public static readonly DiagnosticKind OwnerOnly = Error(
        422, ConfigErrorClass.GeneralError, "setting for the address owner only", "Only an instance with priority 255 has it.");

    public static readonly DiagnosticKind GroupScope = Warning(
        423, ConfigErrorClass.Warning, "multicast group that is not link-local", "VRRP stays on the link.");

    public static readonly DiagnosticKind InitialStateReset = Error(
        424, ConfigErrorClass.GeneralError, "state that cannot hold", null);

    /// <summary>For whoever knows the interfaces of the machine.</summary>
    public static readonly DiagnosticKind UnknownInterface = Fatal(
        502, ConfigErrorClass.BadInterface, "interface that does not exist", "With 'dynamic_interfaces' it may come later.");

    public static readonly DiagnosticKind FileNotReadable = Fatal(
        501, ConfigErrorClass.FileNotFound, "configuration file that cannot be read", null);

    private static DiagnosticKind Fatal(int number, ConfigErrorClass errorClass, string title, string? why)
        => new(number, Severity.Error, errorClass, true, title, why);

    private static DiagnosticKind Error(int number, ConfigErrorClass errorClass, string title, string? why)
        => new(number, Severity.Error, errorClass, false, title, why);

    private static DiagnosticKind Warning(int number, ConfigErrorClass errorClass, string title, string? why)
        => new(number, Severity.Warning, errorClass, false, title, why);

    /// <summary>Advice: never changes an exit status.</summary>
    private static DiagnosticKind Hint(int number, string title, string? why)
        => new(number, Severity.Hint, ConfigErrorClass.Ok, false, title, why);
}
