using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Mail;

// STARTTLS (RFC 3207) and AUTH (RFC 4954).
public sealed partial class SmtpSession
{
    private bool _isSecure;

    /// <summary>The connection is encrypted.</summary>
    public void OnSecured(Instant now)
    {
        if (Step != SmtpStep.Handshake)
            return;
        _isSecure = true;
        // After STARTTLS nothing counts that was said before, the greeting included (RFC 3207, 4.2).
        if (options.Security == SmtpSecurity.StartTls)
            SayHello(now);
        else
            Expect(SmtpStep.Greeting, now);
    }

    private void Secure(Instant now)
    {
        Expect(SmtpStep.Handshake, now);
        effects.StartTls();
    }

    private void OnWelcome(in SmtpReply reply, Instant now)
    {
        if (options.Security == SmtpSecurity.StartTls && !_isSecure)
        {
            if (Offers(reply, "STARTTLS", null))
                Say(SmtpStep.StartTls, "STARTTLS", now);
            else
                Fail("it offers no STARTTLS", now);
        }
        else if (options.Credentials is { } credentials)
        {
            LogIn(reply, credentials, now);
        }
        else
        {
            NameSender(now);
        }
    }

    private void LogIn(in SmtpReply reply, SmtpCredentials credentials, Instant now)
    {
        if (!_isSecure)
            Fail("the password is not sent in the open", now);
        else if (Offers(reply, "AUTH", "PLAIN"))
            SaySecret(SmtpStep.AuthPlain, "AUTH PLAIN "u8, credentials.Plain(), now);
        else if (Offers(reply, "AUTH", "LOGIN"))
            Say(SmtpStep.AuthLogin, "AUTH LOGIN", now);
        else
            Fail("it offers neither AUTH PLAIN nor AUTH LOGIN", now);
    }

    private void SayLoginUser(Instant now) => SaySecret(SmtpStep.AuthLoginUser, default, options.Credentials!.LoginUser(), now);

    private void SayLoginPassword(Instant now) => SaySecret(SmtpStep.AuthLoginPassword, default, options.Credentials!.LoginPassword(), now);

    private void SaySecret(SmtpStep step, ReadOnlySpan<byte> command, byte[] secret, Instant now)
    {
        byte[] line = [.. command, .. secret, (byte)'\r', (byte)'\n'];
        Array.Clear(secret);
        effects.Send(line);
        Array.Clear(line);
        Expect(step, now);
    }

    // One extension to a line, its parameters behind it; the first line is the greeting (RFC 5321, 4.1.1.1).
    private static bool Offers(in SmtpReply reply, string keyword, string? parameter)
    {
        foreach (string line in reply.Lines.AsSpan(1))
        {
            // Old servers write AUTH=PLAIN.
            string[] words = line.Split([' ', '='], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 0 && words[0].Equals(keyword, StringComparison.OrdinalIgnoreCase)
                && (parameter is null || words.AsSpan(1).Contains(parameter, StringComparer.OrdinalIgnoreCase)))
            {
                return true;
            }
        }
        return false;
    }
}
