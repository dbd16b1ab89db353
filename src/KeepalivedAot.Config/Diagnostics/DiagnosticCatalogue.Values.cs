namespace KeepalivedAot.Config.Diagnostics;

// KA03xx: values.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind MissingParameter = Fatal(
        301, ConfigErrorClass.MissingParameter, "keyword without its value", "keepalived stops here with exit status 2.");

    public static readonly DiagnosticKind InvalidNumber = Error(
        302, ConfigErrorClass.InvalidNumber, "no valid number", "It is read as if the value were not there.");

    public static readonly DiagnosticKind NumberOutOfRange = Error(
        303, ConfigErrorClass.InvalidNumber, "number out of range", "It is read as if the value were not there.");

    public static readonly DiagnosticKind TrailingCharacters = Error(
        304, ConfigErrorClass.InvalidNumber, "something behind the digits of a number", "keepalived takes a number only when nothing follows it.");

    public static readonly DiagnosticKind TooManyDecimals = Error(
        305, ConfigErrorClass.InvalidNumber, "too many decimals", "The number is rounded.");

    public static readonly DiagnosticKind InvalidBoolean = Error(
        306, ConfigErrorClass.GeneralError, "neither true nor false", "It is read as if the value were not there.");

    public static readonly DiagnosticKind InvalidWord = Error(
        307, ConfigErrorClass.GeneralError, "not one of the words that are possible here", null);

    public static readonly DiagnosticKind InvalidAddress = Error(
        308, ConfigErrorClass.GeneralError, "no IP address", null);

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

    public static readonly DiagnosticKind NotOneValue = Error(
        320, ConfigErrorClass.GeneralError, "more words than the one that is possible", "The line is ignored.");

    public static readonly DiagnosticKind ZeroRepeat = Error(
        318, ConfigErrorClass.GeneralError, "no repetitions", "At least one message is sent.");

    public static readonly DiagnosticKind SecondIgnored = Error(
        319, ConfigErrorClass.GeneralError, "keyword that counts only once", null);
}
