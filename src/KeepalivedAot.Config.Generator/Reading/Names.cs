namespace KeepalivedAot.Config.Generator.Reading;

/// <summary>The types that declarations are made of, by their full names.</summary>
internal static class Names
{
    public const string Schema = "KeepalivedAot.Config.Schema.";
    public const string BlockAttribute = Schema + "BlockAttribute";
    public const string LineBlockAttribute = Schema + "LineBlockAttribute";
    public const string Duration = "KeepalivedAot.Base.Time.Duration";
    public const string IpAddress = "KeepalivedAot.Base.Net.IpAddress";
    public const string IpPrefix = "KeepalivedAot.Config.IpPrefix";
    public const string ConfigName = "KeepalivedAot.Config.ConfigName";
    public const string ConfigArguments = Schema + "IConfigArguments<TSelf>";
    public const string ConfigValue = Schema + "IConfigValue<TSelf>";
}
