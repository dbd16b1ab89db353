using System.Buffers.Text;
using System.Text;

namespace KeepalivedAot.Mail;

/// <summary>Who logs in at the mail server (RFC 4954). What is made of the password is wiped by whoever asked for it.</summary>
/// <param name="password">Kept, not copied: the owner wipes it.</param>
public sealed class SmtpCredentials(string user, byte[] password)
{
    public string User { get; } = user;

    /// <summary>AUTH PLAIN's response (RFC 4616): no authorization identity, the user, the password.</summary>
    internal byte[] Plain()
    {
        byte[] name = Encoding.UTF8.GetBytes(User);
        byte[] response = [0, .. name, 0, .. password];
        byte[] encoded = Encode(response);
        Array.Clear(response);
        return encoded;
    }

    /// <summary>The first answer of AUTH LOGIN.</summary>
    internal byte[] LoginUser() => Encode(Encoding.UTF8.GetBytes(User));

    /// <summary>The second answer of AUTH LOGIN.</summary>
    internal byte[] LoginPassword() => Encode(password);

    /// <summary>The password is not known any more.</summary>
    public void Wipe() => Array.Clear(password);

    // Convert.ToBase64String would leave a copy in a string that nobody can wipe.
    private static byte[] Encode(ReadOnlySpan<byte> bytes)
    {
        byte[] encoded = new byte[Base64.GetMaxEncodedToUtf8Length(bytes.Length)];
        Base64.EncodeToUtf8(bytes, encoded, out _, out _);
        return encoded;
    }

    /// <summary>Nothing that prints it shows the password.</summary>
    public override string ToString() => User;
}
