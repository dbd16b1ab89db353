using System.Text;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Mail;

namespace KeepalivedAot.Tests.Unit.Mail;

/// <summary>A session with a server that a test plays, and all that it did, in order.</summary>
internal sealed class SmtpDialogue : ISmtpEffects
{
    public static readonly Duration Timeout = Duration.FromSeconds(30);

    private readonly SmtpSession _session;

    public SmtpDialogue(SmtpSecurity security = SmtpSecurity.None, SmtpCredentials? credentials = null, params string[] recipients)
    {
        MailEnvelope envelope = new("from@example.org", recipients.Length > 0 ? recipients : ["to@example.org"]);
        _session = new SmtpSession(new SmtpOptions("router1", Timeout, security, credentials), envelope, "TEXT\r\n.\r\n"u8.ToArray(), this);
        _session.Begin(Now);
    }

    public Instant Now { get; set; } = new(1_000_000_000);

    public SmtpSession Session => _session;

    /// <summary>"> COMMAND", "tls", "delivered", "failed: …", "refused …", "closed".</summary>
    public List<string> Done { get; } = [];

    public string Log => string.Join('\n', Done);

    public SmtpDialogue Connect()
    {
        _session.OnConnected(Now);
        return this;
    }

    public SmtpDialogue Secure()
    {
        _session.OnSecured(Now);
        return this;
    }

    /// <summary>Lines of the server, each with its end.</summary>
    public SmtpDialogue Say(params string[] lines)
    {
        foreach (string line in lines)
            SayBytes(Encoding.UTF8.GetBytes(line + "\r\n"));
        return this;
    }

    public void SayBytes(ReadOnlySpan<byte> bytes) => _session.OnReceived(bytes, Now);

    void ISmtpEffects.Send(ReadOnlySpan<byte> bytes) => Done.Add("> " + Encoding.UTF8.GetString(bytes).Replace("\r\n", "|").TrimEnd('|'));

    void ISmtpEffects.StartTls() => Done.Add("tls");

    void ISmtpEffects.OnRecipientRefused(string recipient, SmtpReply reply) => Done.Add($"refused {recipient}: {reply}");

    void ISmtpEffects.OnDelivered() => Done.Add("delivered");

    void ISmtpEffects.OnFailed(string reason) => Done.Add($"failed: {reason}");

    void ISmtpEffects.Close() => Done.Add("closed");
}
