namespace KeepalivedAot.Config.Text;

/// <summary>One step of how text came to where it is read: "expanded from $VIPS here".</summary>
/// <param name="Site">Where the step was written: the use of a definition, a <c>~SEQ</c>.</param>
/// <param name="IsSecret">The text came from outside the file, and is not shown: a variable of the environment.</param>
internal sealed record ExpansionStep(string What, SourceSpan Site, ExpansionStep? Outer, bool IsSecret = false);
