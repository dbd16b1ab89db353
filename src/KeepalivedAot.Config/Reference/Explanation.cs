namespace KeepalivedAot.Config.Reference;

/// <summary>What <c>explain KA####</c> tells beyond the title.</summary>
/// <param name="Text">Why it matters and what to do, as paragraphs of one line each.</param>
/// <param name="Wrong">A piece of a configuration with the mistake; null where text cannot show it.</param>
/// <param name="Right">The same without it.</param>
/// <param name="Condition">When the wrong example is wrong: "where eth7 does not exist"; null when it always is.</param>
public sealed record Explanation(string Text, string? Wrong, string? Right, string? Condition);
