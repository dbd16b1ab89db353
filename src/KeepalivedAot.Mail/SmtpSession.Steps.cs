using System.Text;
using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Mail;

// The dialogue of RFC 5321, 3.
public sealed partial class SmtpSession
{
    private int _recipient;
    private int _accepted;

    /// <param name="hasMore">The server has said more already, without having been asked.</param>
    private void Answer(in SmtpReply reply, bool hasMore, Instant now)
    {
        switch (Step)
        {
            case SmtpStep.Greeting when reply.Code == 220:
                SayHello(now);
                break;
            case SmtpStep.Hello when reply.Code == 250:
                OnWelcome(reply, now);
                break;
            case SmtpStep.StartTls when reply.Code == 220:
                // What came in the open may be somebody else's, and must not count as said under TLS.
                if (hasMore)
                    Break("it goes on in the open after its answer to STARTTLS");
                else
                    Secure(now);
                break;
            case SmtpStep.AuthPlain or SmtpStep.AuthLoginPassword when reply.Code == 235:
                NameSender(now);
                break;
            case SmtpStep.AuthLogin when reply.Code == 334:
                SayLoginUser(now);
                break;
            case SmtpStep.AuthLoginUser when reply.Code == 334:
                SayLoginPassword(now);
                break;
            case SmtpStep.Sender when reply.IsPositive:
                NameRecipient(now);
                break;
            // The connection is as good as closed (4.2.3).
            case SmtpStep.Recipient when reply.Code != 421:
                OnRecipient(reply, now);
                break;
            case SmtpStep.Data when reply.Code == 354:
                effects.Send(text);
                Expect(SmtpStep.Text, now);
                break;
            case SmtpStep.Text when reply.IsPositive:
                Settle(failure: null);
                Say(SmtpStep.Quit, "QUIT", now);
                break;
            case SmtpStep.Quit:
                Break("");
                break;
            // Bytes before they can be meant for us.
            case SmtpStep.Connection or SmtpStep.Handshake:
                Break("it speaks too early");
                break;
            default:
                Fail($"it answered '{reply}' while {Doing(Step)}", now);
                break;
        }
    }

    private void SayHello(Instant now)
    {
        // Only EHLO tells what the server can do; where nothing of that is needed, keepalived's HELO does.
        bool asks = options.Security != SmtpSecurity.None || options.Credentials is not null;
        Say(SmtpStep.Hello, $"{(asks ? "EHLO" : "HELO")} {MailAddress.Clean(options.HeloName)}", now);
    }

    private void NameSender(Instant now) => Say(SmtpStep.Sender, $"MAIL FROM:<{MailAddress.OfEnvelope(envelope.From)}>", now);

    private void NameRecipient(Instant now)
        => Say(SmtpStep.Recipient, $"RCPT TO:<{MailAddress.OfEnvelope(envelope.Recipients[_recipient])}>", now);

    private void OnRecipient(in SmtpReply reply, Instant now)
    {
        if (reply.IsPositive)
            _accepted++;
        else
            effects.OnRecipientRefused(envelope.Recipients[_recipient], reply);
        _recipient++;
        if (_recipient < envelope.Recipients.Count)
            NameRecipient(now);
        else if (_accepted > 0)
            Say(SmtpStep.Data, "DATA", now);
        else
            Fail("it takes the mail for none of the recipients", now);
    }

    private void Say(SmtpStep step, string command, Instant now)
    {
        effects.Send(Encoding.UTF8.GetBytes(command + "\r\n"));
        Expect(step, now);
    }
}
