using KeepalivedAot.Base.Logging;
using KeepalivedAot.Daemon.Options;
using KeepalivedAot.Linux.Logging;

namespace KeepalivedAot.CommandLine;

/// <summary>What the options add up to. Both parsers feed their findings to <see cref="Apply"/>, so both mean the same.</summary>
internal sealed class Invocation
{
    private readonly List<string> _withoutEffect = [];

    public DaemonOptions Daemon { get; private set; } = new();

    public bool ShowVersion { get; private set; }

    /// <summary>The name given to <c>--signum</c>.</summary>
    public string? SignalName { get; private set; }

    /// <summary>What to tell the user before going on; keepalived only warns of these.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Takes one option; false with a reason when its argument cannot be meant.</summary>
    public bool Apply(DaemonOption option, string? argument, out string problem)
    {
        problem = "";
        if (!option.Effective)
        {
            _withoutEffect.Add(option.HasShort ? $"-{option.Short}" : $"--{option.Long}");
            Daemon = Daemon with { WithoutEffect = _withoutEffect };
            return true;
        }
        switch (option.Id)
        {
            case OptionId.UseFile: Daemon = Daemon with { ConfigurationFile = argument! }; break;
            case OptionId.VrrpOnly: Daemon = Daemon with { Modules = Daemon.Modules & ~DaemonModules.Checkers }; break;
            case OptionId.CheckOnly: Daemon = Daemon with { Modules = Daemon.Modules & ~DaemonModules.Vrrp }; break;
            case OptionId.NoBfd: Daemon = Daemon with { Modules = Daemon.Modules & ~DaemonModules.Bfd }; break;
            case OptionId.LogConsole: Daemon = Daemon with { LogToConsole = true }; break;
            case OptionId.LogDetail: Daemon = Daemon with { LogDetail = Daemon.LogDetail + 1 }; break;
            case OptionId.LogFacility: ApplyFacility(argument!); break;
            case OptionId.LogFile: Daemon = Daemon with { LogFile = argument ?? "" }; break;
            case OptionId.LogFormat: return TryApplyLogFormat(argument!, out problem);
            case OptionId.Record: Daemon = Daemon with { RecordFile = argument }; break;
            case OptionId.RecordLimit: return TryApplyRecordLimit(argument!, out problem);
            case OptionId.NoSyslog: Daemon = Daemon with { NoSyslog = true }; break;
            case OptionId.Umask: return TryApplyUmask(argument!, out problem);
            case OptionId.DontReleaseVrrp: Daemon = Daemon with { KeepAddressesAtStop = true }; break;
            case OptionId.Namespace: Daemon = Daemon with { NetworkNamespace = argument }; break;
            case OptionId.DontFork: Daemon = Daemon with { Foreground = true }; break;
            case OptionId.DumpConf: Daemon = Daemon with { DumpConfiguration = true }; break;
            case OptionId.Pid: Daemon = Daemon with { PidFile = argument }; break;
            case OptionId.VrrpPid: Daemon = Daemon with { VrrpPidFile = argument }; break;
            case OptionId.CheckersPid: Daemon = Daemon with { CheckersPidFile = argument }; break;
            case OptionId.BfdPid: Daemon = Daemon with { BfdPidFile = argument }; break;
            case OptionId.AddressMonitoring: Daemon = Daemon with { LogAddressChanges = true }; break;
            case OptionId.ConfigId: Daemon = Daemon with { ConfigId = argument }; break;
            case OptionId.AllConfig: Daemon = Daemon with { ChecksIncludes = true }; break;
            case OptionId.SigNum: SignalName = argument; break;
            case OptionId.ConfigTest:
                Daemon = Daemon with { ConfigurationTest = true, ConfigurationTestLog = argument };
                break;
            case OptionId.IgnoreSigint: Daemon = Daemon with { IgnoreInterrupt = true }; break;
            case OptionId.Version: ShowVersion = true; break;
            // What these ask for is how it always is.
            case OptionId.FlushLogFile or OptionId.All or OptionId.ReleaseVips or OptionId.DontRespawn: break;
        }
        return true;
    }

    private void ApplyFacility(string text)
    {
        SyslogFacility? facility = text switch
        {
            "user" => SyslogFacility.User,
            "daemon" => SyslogFacility.Daemon,
            [>= '0' and <= '7'] or ['l', 'o', 'c', 'a', 'l', >= '0' and <= '7'] => SyslogFacility.Local0 + (text[^1] - '0'),
            _ => null,
        };
        if (facility is { } known)
            Daemon = Daemon with { Facility = known };
        else
            Warnings.Add($"Invalid log facility '{text}'");
    }

    private bool TryApplyLogFormat(string text, out string problem)
    {
        LogFormat? format = text switch { "plain" => LogFormat.Plain, "json" => LogFormat.Json, _ => null };
        problem = format is null ? $"Invalid log format '{text}': plain or json is wanted" : "";
        if (format is not null)
            Daemon = Daemon with { LogFormat = format };
        return format is not null;
    }

    private bool TryApplyRecordLimit(string text, out string problem)
    {
        bool valid = TryParseBaseZero(text, out int limit) && limit is > 0 and <= DaemonOptions.LargestRecordLimit;
        problem = valid ? "" : $"Invalid record limit '{text}': a number of MiB from 1 to {DaemonOptions.LargestRecordLimit} is wanted";
        if (valid)
            Daemon = Daemon with { RecordLimit = limit };
        return valid;
    }

    private bool TryApplyUmask(string text, out string problem)
    {
        const int LargestMask = 0x1FF;
        bool valid = TryParseBaseZero(text, out int mask) && mask <= LargestMask;
        problem = valid ? "" : $"Invalid umask '{text}': a number from 0 to 0777 is wanted";
        if (valid)
            Daemon = Daemon with { Umask = mask };
        return valid;
    }

    // As strtoul(3) with base 0 reads it: 0x7f, 0177, 127.
    private static bool TryParseBaseZero(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        int radix = text switch { ['0', 'x' or 'X', ..] => 16, ['0', _, ..] => 8, _ => 10 };
        ReadOnlySpan<char> digits = radix == 16 ? text[2..] : text;
        foreach (char c in digits)
        {
            int digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            if (digit >= radix || value > int.MaxValue / radix - 1)
                return false;
            value = value * radix + digit;
        }
        return !digits.IsEmpty;
    }
}
