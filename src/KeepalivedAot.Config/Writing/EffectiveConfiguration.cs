namespace KeepalivedAot.Config.Writing;

/// <summary>
/// Writes what a configuration comes to: includes, definitions and conditional lines worked out, inherited values at the places that
/// inherit them. What is written can be read again, and gives the same model.
/// </summary>
/// <remarks>
/// Secrets are asterisks unless they are asked for; with asterisks the text can be read all the same, but authenticates nobody.
/// </remarks>
public static class EffectiveConfiguration
{
    /// <summary>As a <c>keepalived.conf</c>.</summary>
    public static string ToText(Configuration configuration, bool showsSecrets)
    {
        TextConfigWriter writer = new(showsSecrets);
        configuration.Write(writer);
        return writer.ToString();
    }

    /// <summary>As a <c>keepalived.conf</c>, in UTF-8; it may be larger than what should be in memory at once.</summary>
    public static void WriteText(Configuration configuration, Stream output, bool showsSecrets)
    {
        TextConfigWriter writer = new(showsSecrets, output);
        configuration.Write(writer);
        writer.Flush();
    }

    /// <summary>As one JSON object, in UTF-8.</summary>
    public static void WriteJson(Configuration configuration, Stream output, bool showsSecrets)
    {
        using JsonConfigWriter writer = new(output, showsSecrets);
        configuration.Write(writer);
    }
}
