using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Mail;

/// <summary>One mail's dialogue with a server (RFC 5321), from the connection to the good-bye. As keepalived has it, one connection each.</summary>
/// <remarks>
/// Inputs: <c>On…</c>, with the time. After each, <see cref="Deadline"/> says until when the next one must have come. What goes where:
/// inputs here, the steps in <c>SmtpSession.Steps.cs</c>, logging in and TLS in <c>SmtpSession.Security.cs</c>.
/// </remarks>
public sealed partial class SmtpSession(SmtpOptions options, MailEnvelope envelope, byte[] text, ISmtpEffects effects)
{
    // The mail is delivered, or lost, by then: others wait for the connection.
    private static readonly Duration LongestGoodbye = Duration.FromSeconds(5);

    private readonly SmtpReplyReader _reader = new();
    private bool _isSettled;

    public SmtpStep Step { get; private set; }

    /// <summary>When the step is given up.</summary>
    public Instant Deadline { get; private set; } = Instant.MaxValue;

    /// <summary>A connection is being opened.</summary>
    public void Begin(Instant now) => Expect(SmtpStep.Connection, now);

    public void OnConnected(Instant now)
    {
        if (Step != SmtpStep.Connection)
            return;
        if (options.Security == SmtpSecurity.Tls)
            Secure(now);
        else
            Expect(SmtpStep.Greeting, now);
    }

    public void OnReceived(ReadOnlySpan<byte> bytes, Instant now)
    {
        while (!bytes.IsEmpty && Step != SmtpStep.Over)
        {
            switch (_reader.Read(ref bytes, out SmtpReply reply))
            {
                case SmtpReplyStatus.Complete:
                    Answer(reply, hasMore: !bytes.IsEmpty, now);
                    break;
                case SmtpReplyStatus.TooLong:
                    Break("its reply does not end");
                    break;
                case SmtpReplyStatus.Garbage:
                    Break("its reply is not SMTP");
                    break;
                default:
                    return;
            }
        }
    }

    /// <param name="reason">Null: the server closed it in an orderly way.</param>
    public void OnClosed(string? reason) => Break(reason ?? "it closed the connection");

    /// <summary>What was wanted could not be done on our side.</summary>
    public void OnRefused(string reason) => Break(reason);

    /// <summary>The deadline has passed.</summary>
    public void OnTimeout() => Break($"no answer within {options.Timeout} s");

    private void Expect(SmtpStep step, Instant now)
    {
        Step = step;
        Deadline = now + (step == SmtpStep.Quit && options.Timeout > LongestGoodbye ? LongestGoodbye : options.Timeout);
    }

    // The server has said no, and is told good-bye.
    private void Fail(string reason, Instant now)
    {
        Settle(reason);
        Say(SmtpStep.Quit, "QUIT", now);
    }

    // There is nobody, or nobody to talk to.
    private void Break(string reason)
    {
        if (Step == SmtpStep.Over)
            return;
        Settle($"{reason} (while {Doing(Step)})");
        Step = SmtpStep.Over;
        Deadline = Instant.MaxValue;
        effects.Close();
    }

    private void Settle(string? failure)
    {
        if (_isSettled)
            return;
        _isSettled = true;
        if (failure is null)
            effects.OnDelivered();
        else
            effects.OnFailed(failure);
    }

    private static string Doing(SmtpStep step) => step switch
    {
        SmtpStep.Connection => "connecting",
        SmtpStep.Handshake => "negotiating TLS",
        SmtpStep.Greeting => "waiting for its greeting",
        SmtpStep.Hello => "greeting it",
        SmtpStep.StartTls => "asking for TLS",
        SmtpStep.AuthPlain or SmtpStep.AuthLogin or SmtpStep.AuthLoginUser or SmtpStep.AuthLoginPassword => "logging in",
        SmtpStep.Sender => "naming the sender",
        SmtpStep.Recipient => "naming the recipients",
        SmtpStep.Data => "announcing the mail",
        SmtpStep.Text => "sending the mail",
        _ => "saying good-bye",
    };
}
