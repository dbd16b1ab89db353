namespace KeepalivedAot.Mail;

/// <summary>What a dialogue waits for.</summary>
public enum SmtpStep : byte
{
    Connection,

    /// <summary>TLS's handshake, before the greeting or after STARTTLS.</summary>
    Handshake,
    Greeting,
    Hello,
    StartTls,
    AuthPlain,
    AuthLogin,
    AuthLoginUser,
    AuthLoginPassword,
    Sender,
    Recipient,
    Data,
    Text,
    Quit,
    Over,
}
