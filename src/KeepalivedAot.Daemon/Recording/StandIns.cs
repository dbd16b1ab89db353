using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config;
using KeepalivedAot.Config.Writing;
using KeepalivedAot.Vrrp;

namespace KeepalivedAot.Daemon.Recording;

/// <summary>What stands in a record for secrets: texts of the same length, the same for the same secret, so that it can be given away.</summary>
internal sealed class StandIns
{
    // Whoever guesses passwords on the wire shall not fill the memory.
    private const int Most = 256;

    private const string Masked = "\"********\"";
    private const string MaskedNote = " # masked; --show-secrets shows it";
    private const string Hexadecimal = "hex:";
    private const int Alphabet = 26;

    private readonly List<(byte[] Secret, byte[] StandIn)> _known = [];

    /// <summary>The configuration as it was understood, with stand-ins for its secrets.</summary>
    public string TextOf(Configuration configuration)
    {
        string[] shown = EffectiveConfiguration.ToText(configuration, showsSecrets: true).Split('\n');
        string[] masked = EffectiveConfiguration.ToText(configuration, showsSecrets: false).Split('\n');
        Invariant.Require(shown.Length == masked.Length, "a secret is shown or masked on one line");
        for (int line = 0; line < shown.Length; line++)
        {
            if (shown[line] != masked[line])
                shown[line] = Replace(shown[line], masked[line]);
        }
        return string.Join('\n', shown);
    }

    /// <summary>Puts stand-ins for passwords of VRRPv2 into its eight bytes.</summary>
    public void Replace(Span<byte> data)
    {
        ReadOnlySpan<byte> password = data.TrimEnd((byte)0);
        if (password.IsEmpty)
            return;
        StandInOf(password).CopyTo(data);
    }

    private string Replace(string shown, string masked)
    {
        int at = masked.IndexOf(Masked, StringComparison.Ordinal);
        Invariant.Require(at >= 0, "what is not shown is masked");
        string rest = masked[(at + Masked.Length)..].Replace(MaskedNote, "", StringComparison.Ordinal);
        string secret = shown[at..^(shown.EndsWith(rest, StringComparison.Ordinal) ? rest.Length : 0)];
        bool isQuoted = secret is ['"', _, .., '"'];
        string bare = isQuoted ? secret[1..^1] : secret;
        string standIn = bare.StartsWith(Hexadecimal, StringComparison.Ordinal)
            ? Hexadecimal + Convert.ToHexStringLower(StandInOf(Convert.FromHexString(bare[Hexadecimal.Length..])))
            : Encoding.ASCII.GetString(StandInOf(ByteText.Encode(bare)));
        return $"{shown[..at]}{standIn}{rest}";
    }

    private ReadOnlySpan<byte> StandInOf(ReadOnlySpan<byte> secret)
    {
        // What is cut on the wire begins as the whole does.
        foreach ((byte[] known, byte[] standIn) in _known)
        {
            bool isCut = secret.Length == VrrpAuthentication.DataLength && known.Length > secret.Length && known.AsSpan().StartsWith(secret);
            if (isCut || secret.SequenceEqual(known))
                return standIn.AsSpan(0, secret.Length);
        }
        byte[] made = new byte[secret.Length];
        int number = Math.Min(_known.Count, Most);
        made.AsSpan().Fill((byte)'x');
        for (int i = 0; i < made.Length && (i == 0 || number > 0); i++, number /= Alphabet)
            made[i] = (byte)('a' + number % Alphabet);
        if (_known.Count < Most)
            _known.Add((PinnedBytes.Copy(secret), made));
        return made;
    }
}
