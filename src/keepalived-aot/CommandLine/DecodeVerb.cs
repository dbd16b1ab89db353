using System.CommandLine;
using KeepalivedAot.Daemon.Inspection;

namespace KeepalivedAot.CommandLine;

/// <summary><c>decode</c>: the VRRP in a capture file, each packet with verdict, checksum and authentication.</summary>
internal static class DecodeVerb
{
    public static Command Make()
    {
        Argument<string> file = new("FILE")
        {
            Description = "A capture file, pcap or pcapng; - is standard input",
            Arity = ArgumentArity.ZeroOrOne,
            DefaultValueFactory = static _ => "-",
        };
        Option<string?> configuration = new("--conf") { Description = "Judge by the instances of this configuration, with their keys", HelpName = "FILE" };
        Option<bool> json = new("--json") { Description = "One JSON object for each packet" };
        Command verb = new("decode", "Explain the VRRP packets of a capture file") { file, configuration, json };
        verb.SetAction(result => DecodeRun.Run(result.GetValue(file)!, result.GetValue(configuration), result.GetValue(json)));
        return verb;
    }
}
