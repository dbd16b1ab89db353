using KeepalivedAot.Base.Net;
using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Global;
using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Text;

namespace KeepalivedAot.Config.Vrrp;

// From what was written to what is done: defaults, inheritance, and what contradicts itself. Partial files: the family and its
// addresses (…Addresses.cs), timers and the election (…Election.cs), how packets travel (…Transport.cs).
public sealed partial class VrrpInstanceBlock
{
    /// <summary>The most addresses that fit into one byte of an advertisement.</summary>
    public const int MostAddresses = 255;

    /// <summary>The family of the advertisements and of <see cref="VirtualAddresses"/>.</summary>
    public AddressFamily Family { get; private set; } = AddressFamily.IPv4;

    /// <summary>Advertisements go to <see cref="UnicastPeers"/> (which may be none, with <see cref="UnicastFaultNoPeer"/>).</summary>
    public bool IsUnicast { get; private set; }

    /// <summary>Source of advertisements; "no address" is the interface's primary (IPv4) or link-local (IPv6) address.</summary>
    public IpAddress Source { get; private set; }

    /// <summary>The authentication that is in force.</summary>
    public AuthenticationType AuthenticationType { get; private set; }

    /// <summary><see cref="AuthHmac"/> is in force.</summary>
    public bool UsesHmac { get; private set; }

    /// <summary>Exactly 8 bytes, the password cut or padded with zeros; empty without authentication.</summary>
    public ReadOnlySpan<byte> AuthenticationData => _authenticationData;

    /// <summary>There is something for <see cref="WipeSecrets"/> to overwrite.</summary>
    public bool HasKeys => AuthenticationType == AuthenticationType.AuthenticationHeader || AuthHmac is { Keys.Count: > 0 };

    /// <summary>Overwrites keys that nobody may read any more: those that a router has made hashes of.</summary>
    public void WipeSecrets()
    {
        if (AuthenticationType == AuthenticationType.AuthenticationHeader)
        {
            Array.Clear(_authenticationData);
            Array.Clear(Authentication!.Password);
        }
        foreach (HmacKey key in AuthHmac?.Keys ?? [])
            key.WipeSecret();
    }

    private bool IsOwner => Priority == OwnerPriority;

    private const byte OwnerPriority = 255;
    private const byte DefaultPriority = 100;
    private const byte DefaultDownTimerAdverts = 3;

    private byte[] _authenticationData = [];

    // These are global_defs' values of the moment at which the instance begins; the others are asked for at the end.
    partial void OnOpened(Parser parser)
    {
        GlobalDefsBlock globals = parser.Configuration.GlobalDefs;
        GarpDelay = globals.GarpDelay;
        GarpRepeat = globals.GarpRepeat;
        GarpRefresh = globals.GarpRefresh;
        GarpRefreshRepeat = globals.GarpRefreshRepeat;
        DownTimerAdverts = globals.DownTimerAdverts;
        V3ChecksumAsV2 = globals.V3ChecksumAsV2;
        SkipCheckAdvertisedAddresses = globals.SkipCheckAdvertisedAddresses;
    }

    /// <summary>Makes every property final. The order is that in which one decision needs another.</summary>
    internal void Normalise(GlobalDefsBlock globals, DiagnosticBag diagnostics)
    {
        if (!_spans.StrictMode.IsGiven)
            StrictMode = globals.Strict;
        ChooseFamily(diagnostics);
        ChooseVersion(globals, diagnostics);
        ChooseTransport(globals, diagnostics);
        ChoosePriorityAndState(diagnostics);
        ChooseAuthentication(diagnostics);
        ChoosePreemption(diagnostics);
        RoundInterval(diagnostics);
        ChooseElection(globals, diagnostics);
        ChooseTimerExpired(diagnostics);
        ChooseHmac(diagnostics);
        ChooseDevices(globals, diagnostics);
        ChooseGarp(globals, diagnostics);
        CheckAddresses(diagnostics);
    }

    private Diagnostic Report(DiagnosticBag diagnostics, DiagnosticKind kind, SourceSpan span, string message, string? suggestion = null)
        => diagnostics.Report(kind, span.IsGiven ? span : _spans.Block, message, suggestion);

    private void ReportUnless(Said said, DiagnosticBag diagnostics, DiagnosticKind kind, SourceSpan span, string message, string? suggestion = null)
        => diagnostics.ReportUnless(said, kind, span.IsGiven ? span : _spans.Block, message, suggestion);
}
