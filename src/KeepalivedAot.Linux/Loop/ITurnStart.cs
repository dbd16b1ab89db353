using KeepalivedAot.Base.Time;

namespace KeepalivedAot.Linux.Loop;

/// <summary>Is called when the loop has woken up, before any input is read and any timer fires.</summary>
public interface ITurnStart
{
    void OnTurnStart(Instant now);
}
