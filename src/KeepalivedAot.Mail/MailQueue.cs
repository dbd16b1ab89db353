using KeepalivedAot.Base;

namespace KeepalivedAot.Mail;

/// <summary>Alerts that wait to be sent, the oldest first. Bounded: a mail server that is away must not fill the memory.</summary>
public sealed class MailQueue(int capacity)
{
    /// <summary>A router with 255 instances may fail over and back while the server does not answer.</summary>
    public const int DefaultCapacity = 1024;

    private readonly Queue<QueuedAlert> _waiting = new();

    public int Count => _waiting.Count;

    /// <returns>The oldest alert when there was no room for both; it will not be sent, and somebody must say so.</returns>
    public QueuedAlert? Enqueue(QueuedAlert alert)
    {
        Invariant.Require(capacity > 0, "a queue has room");
        QueuedAlert? dropped = _waiting.Count == capacity ? _waiting.Dequeue() : null;
        _waiting.Enqueue(alert);
        return dropped;
    }

    public bool TryDequeue(out QueuedAlert alert)
    {
        bool isThere = _waiting.TryDequeue(out QueuedAlert? next);
        alert = next!;
        return isThere;
    }
}

/// <summary>An alert and when it was raised: its date is that of the event, however long it waits.</summary>
/// <param name="UnixSeconds">Since 1970, UTC.</param>
public sealed record QueuedAlert(AlertMessage Message, long UnixSeconds);
