using System.CommandLine;

namespace KeepalivedAot.CommandLine;

/// <summary>The daemon's options that decide how a configuration is read, for the verbs that read one: same letters, same meaning.</summary>
internal static class ReadingOptions
{
    public static Option<string[]> ConfigIds(string description)
        => new("--config-id", "-i") { Description = description, HelpName = "ID", Arity = ArgumentArity.OneOrMore };

    public static Option<string?> ConfigId()
        => new("--config-id", "-i") { Description = OptionTable.FindShort('i')!.Help, HelpName = "ID" };

    public static Option<bool> AllConfig()
        => new("--all-config", "-e") { Description = OptionTable.FindShort('e')!.Help };
}
