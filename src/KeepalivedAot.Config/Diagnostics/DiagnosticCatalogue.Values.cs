namespace KeepalivedAot.Config.Diagnostics;

// KA03xx: values.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind MissingParameter = FatalMisread(
        301, ConfigErrorClass.MissingParameter, "keyword without its value", "keepalived stops here with exit status 2.");

    public static readonly DiagnosticKind InvalidNumber = Misread(
        302, ConfigErrorClass.InvalidNumber, "no valid number", "It is read as if the value were not there.");

    public static readonly DiagnosticKind NumberOutOfRange = Misread(
        303, ConfigErrorClass.InvalidNumber, "number out of range", "It is read as if the value were not there.");

    public static readonly DiagnosticKind TrailingCharacters = Misread(
        304, ConfigErrorClass.InvalidNumber, "something behind the digits of a number", "keepalived takes a number only when nothing follows it.");

    public static readonly DiagnosticKind TooManyDecimals = Misread(
        305, ConfigErrorClass.InvalidNumber, "too many decimals", "The number is rounded.");

    public static readonly DiagnosticKind InvalidBoolean = Misread(
        306, ConfigErrorClass.GeneralError, "neither true nor false", "It is read as if the value were not there.");

    public static readonly DiagnosticKind InvalidWord = Misread(
        307, ConfigErrorClass.GeneralError, "not one of the words that are possible here", null);

    public static readonly DiagnosticKind InvalidAddress = Misread(
        308, ConfigErrorClass.GeneralError, "no IP address", null);

    public static readonly DiagnosticKind InvalidPrefixLength = Misread(
        309, ConfigErrorClass.GeneralError, "no prefix length", "The address is used as that of a single host.");

    public static readonly DiagnosticKind AddressCut = Warning(
        310, ConfigErrorClass.Ok, "something behind an address", "keepalived cuts an address at the first - or / in silence.");

    public static readonly DiagnosticKind WrongFamily = Misread(
        311, ConfigErrorClass.GeneralError, "address of the other family", null);

    public static readonly DiagnosticKind TooLong = Misread(
        312, ConfigErrorClass.GeneralError, "text too long", null);

    public static readonly DiagnosticKind InvalidInterfaceName = Misread(
        313, ConfigErrorClass.GeneralError, "no name of an interface", "The kernel knows names of 1 to 15 bytes, without blank and slash.");

    public static readonly DiagnosticKind UnknownOption = Misread(
        314, ConfigErrorClass.GeneralError, "unknown option", null);

    public static readonly DiagnosticKind MissingKeyword = FatalMisread(
        315, ConfigErrorClass.GeneralError, "block without a keyword that it needs", null);

    public static readonly DiagnosticKind NotMulticast = Misread(
        316, ConfigErrorClass.GeneralError, "no multicast address", null);

    public static readonly DiagnosticKind OptionWithoutValue = Misread(
        317, ConfigErrorClass.GeneralError, "value missing where it can be done without", "The line is ignored.");

    public static readonly DiagnosticKind NotOneValue = Misread(
        320, ConfigErrorClass.GeneralError, "more words than the one that is possible", "The line is ignored.");

    public static readonly DiagnosticKind ZeroRepeat = Misread(
        318, ConfigErrorClass.GeneralError, "no repetitions", "At least one message is sent.");

    public static readonly DiagnosticKind SecondIgnored = Misread(
        319, ConfigErrorClass.GeneralError, "keyword that counts only once", null);
}
