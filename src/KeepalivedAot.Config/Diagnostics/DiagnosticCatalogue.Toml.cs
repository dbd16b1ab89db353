namespace KeepalivedAot.Config.Diagnostics;

// KA08xx: keepalived-aot.toml. keepalived knows nothing of that file, so none of it keeps the daemon from starting.
public static partial class DiagnosticCatalogue
{
    public static readonly DiagnosticKind TomlSyntax = Misread(
        801, ConfigErrorClass.GeneralError, "text that is no TOML", "The line is ignored, and what it should have set keeps its default.");

    public static readonly DiagnosticKind UnknownSetting = Misread(
        802, ConfigErrorClass.GeneralError, "unknown setting", "Nobody reads it, so whatever it is for does not happen.");

    public static readonly DiagnosticKind SettingType = Misread(
        803, ConfigErrorClass.GeneralError, "setting with a value of another type", "The setting keeps its default.");

    public static readonly DiagnosticKind SettingRange = Misread(
        804, ConfigErrorClass.GeneralError, "setting out of its range", "The setting keeps its default.");

    public static readonly DiagnosticKind SettingRepeated = Misread(
        805, ConfigErrorClass.GeneralError, "setting or table given twice", "TOML allows each of them once; the first one counts.");

    public static readonly DiagnosticKind SettingNotYet = Misread(
        806, ConfigErrorClass.GeneralError, "setting of a later release", "This release has nothing that it could set.");

    public static readonly DiagnosticKind TomlNotReadable = Misread(
        807, ConfigErrorClass.GeneralError, "settings file that cannot be read", "All settings keep their defaults.");

    public static readonly DiagnosticKind TomlEncoding = Misread(
        808, ConfigErrorClass.GeneralError, "settings file that is no UTF-8", "TOML is UTF-8. All settings keep their defaults.");

    public static readonly DiagnosticKind TomlTooDeep = Misread(
        809, ConfigErrorClass.GeneralError, "settings nested too deeply", "No setting is more than two levels deep. All settings keep their defaults.");

    public static readonly DiagnosticKind SettingText = Misread(
        810, ConfigErrorClass.GeneralError, "text that the setting does not take", "The setting keeps its default.");

    public static readonly DiagnosticKind SettingsTogether = Misread(
        811, ConfigErrorClass.GeneralError, "settings that do not go together", "Nobody logs in at the mail server.");

    /// <summary>For whoever knows the files of the machine.</summary>
    public static readonly DiagnosticKind SecretFileOpen = Misread(
        812, ConfigErrorClass.SecurityError, "file with a secret that others can get at", "No mail is sent.");

    /// <summary>For whoever knows the files of the machine.</summary>
    public static readonly DiagnosticKind SettingFileUnreadable = Misread(
        813, ConfigErrorClass.GeneralError, "file of a setting that cannot be read", "No mail is sent.");
}
