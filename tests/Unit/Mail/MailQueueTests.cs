using KeepalivedAot.Mail;

namespace KeepalivedAot.Tests.Unit.Mail;

public sealed class MailQueueTests
{
    private static QueuedAlert Alert(int number) => new(new AlertMessage($"{number}", ""), number);

    [Fact]
    public void Queue_keepsTheOrder()
    {
        MailQueue queue = new(3);
        for (int i = 0; i < 3; i++)
            Assert.Null(queue.Enqueue(Alert(i)));
        for (int i = 0; i < 3; i++)
            Assert.True(queue.TryDequeue(out QueuedAlert alert) && alert.UnixSeconds == i);
        Assert.False(queue.TryDequeue(out _));
    }

    [Fact]
    public void Queue_thatIsFull_givesTheOldestBack()
    {
        MailQueue queue = new(2);
        queue.Enqueue(Alert(1));
        queue.Enqueue(Alert(2));
        Assert.Equal("1", queue.Enqueue(Alert(3))?.Message.Subject);
        Assert.Equal("2", queue.Enqueue(Alert(4))?.Message.Subject);
        Assert.Equal(2, queue.Count);
        Assert.True(queue.TryDequeue(out QueuedAlert alert));
        Assert.Equal("3", alert.Message.Subject);
    }
}
