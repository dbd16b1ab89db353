namespace KeepalivedAot.Mail;

/// <summary>What a dialogue with a mail server does to its world.</summary>
public interface ISmtpEffects
{
    /// <param name="bytes">Valid during the call only; a password may be among them.</param>
    void Send(ReadOnlySpan<byte> bytes);

    /// <summary>Encrypt the connection from here on; <see cref="SmtpSession.OnSecured"/> is to follow.</summary>
    void StartTls();

    /// <summary>The others get the mail all the same.</summary>
    void OnRecipientRefused(string recipient, SmtpReply reply);

    /// <summary>The server has taken the mail over. The dialogue goes on until it is closed.</summary>
    void OnDelivered();

    /// <summary>The mail is lost. The dialogue may go on for a good-bye, until it is closed.</summary>
    /// <param name="reason">What the server said, or did not.</param>
    void OnFailed(string reason);

    /// <summary>The dialogue is over. Always comes once, and last.</summary>
    void Close();
}
