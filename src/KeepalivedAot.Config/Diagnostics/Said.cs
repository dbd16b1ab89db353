namespace KeepalivedAot.Config.Diagnostics;

/// <summary>Whether a mistake has been reported from which something follows that need not be reported too, and by which finding.</summary>
/// <remarks>A warning by which it was reported becomes an error when an error follows from it: see <see cref="DiagnosticBag.ReportUnless"/>.</remarks>
internal readonly record struct Said
{
    private const int ByAnError = -1;

    public static readonly Said No;
    public static readonly Said Error = new(ByAnError);

    private Said(int number) => Number = number;

    /// <summary>What tells it from others; to be stored.</summary>
    public int Number { get; }

    /// <summary>The place of the warning among those that can become errors; null when there is none.</summary>
    public int? Warning => Number > 0 ? Number - 1 : null;

    public static Said ByWarning(int place) => new(place + 1);

    /// <summary>From its <see cref="Number"/>.</summary>
    public static Said Of(int number) => new(number);

    public static implicit operator bool(Said said) => said.Number != 0;

    /// <summary>By an error, or not at all.</summary>
    public static implicit operator Said(bool isSaid) => isSaid ? Error : No;

    public static bool operator true(Said said) => said.Number != 0;

    public static bool operator false(Said said) => said.Number == 0;

    public static Said operator |(Said one, Said other) => one ? one : other;
}
