using System.Text.Json;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Hosting;
using KeepalivedAot.Daemon.Text;

namespace KeepalivedAot.Daemon.Control;

/// <summary>What became of a reload, when that is known: the findings, and whether it was taken.</summary>
internal sealed class ReloadReply : IControlReply
{
    private ReloadOutcome? _outcome;
    private bool _hasToldFindings;

    /// <summary>It is over.</summary>
    public void OnDone(ReloadOutcome outcome) => _outcome = outcome;

    public bool IsComplete { get; private set; }

    public ReadOnlySpan<byte> Next(JsonLine line, Instant now)
    {
        if (_outcome is null)
            return [];
        if (!_hasToldFindings && _outcome.Findings.Length > 0)
        {
            _hasToldFindings = true;
            Utf8JsonWriter json = line.Begin();
            json.WriteString("diagnostics"u8, _outcome.Findings);
            return line.End();
        }
        IsComplete = true;
        string took = Duration.FromMilliseconds(_outcome.Took.WholeMilliseconds).ToString();
        ControlAnswer answer = _outcome.IsAccepted
            ? ControlAnswer.Done($"Reloaded in {took} s: {_outcome.Plan}")
            : ControlAnswer.Fail(ControlAnswer.Refused, $"reload refused: {_outcome.Refusal}, the running one stays");
        return answer.Next(line, now);
    }
}
