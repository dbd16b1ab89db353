using System.Text.Json;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Text;

namespace KeepalivedAot.Daemon.Control;

/// <summary>A plan, when it is made.</summary>
internal sealed class PlanReply : IControlReply
{
    private string? _text;
    private int _status;
    private bool _hasToldPlan;

    /// <param name="text">The plan, or why there is none.</param>
    /// <param name="status">The exit status of the verb.</param>
    public void OnDone(string text, int status) => (_text, _status) = (text, status);

    public bool IsComplete { get; private set; }

    public ReadOnlySpan<byte> Next(JsonLine line, Instant now)
    {
        if (_text is null)
            return [];
        if (_hasToldPlan)
        {
            IsComplete = true;
            return ControlAnswer.Done().Next(line, now);
        }
        _hasToldPlan = true;
        Utf8JsonWriter json = line.Begin();
        json.WriteStartObject("plan"u8);
        json.WriteNumber("status"u8, _status);
        json.WriteString("text"u8, _text);
        json.WriteEndObject();
        return line.End();
    }
}
