using System.Text.Json;
using KeepalivedAot.Base.Time;
using KeepalivedAot.Daemon.Text;

namespace KeepalivedAot.Daemon.Control;

/// <summary>The line that ends every answer: <c>{"ok":true}</c>, or <c>{"ok":false,"code":…,"error":…}</c>.</summary>
internal sealed class ControlAnswer : IControlReply
{
    /// <summary>It is no request, or one that makes no sense.</summary>
    public const string BadRequest = "bad_request";

    /// <summary>Only root may.</summary>
    public const string Denied = "denied";

    public const string NotFound = "not_found";

    /// <summary>It is understood and cannot be done now.</summary>
    public const string Refused = "refused";

    /// <summary>Too many connections.</summary>
    public const string Busy = "busy";

    /// <summary>A defect of ours.</summary>
    public const string Internal = "internal";

    private readonly string? _code;
    private readonly string? _text;

    private ControlAnswer(string? code, string? text)
    {
        _code = code;
        _text = text;
    }

    /// <param name="text">What was done, for people.</param>
    public static ControlAnswer Done(string? text = null) => new(null, text);

    public static ControlAnswer Fail(string code, string error) => new(code, error);

    public bool IsComplete { get; private set; }

    public ReadOnlySpan<byte> Next(JsonLine line, Instant now)
    {
        IsComplete = true;
        Utf8JsonWriter json = line.Begin();
        json.WriteBoolean("ok"u8, _code is null);
        if (_code is not null)
            json.WriteString("code"u8, _code);
        if (_text is not null)
            json.WriteString(_code is null ? "text"u8 : "error"u8, _text);
        return line.End();
    }
}
