using System.Diagnostics.CodeAnalysis;

namespace KeepalivedAot.Config.Text;

/// <summary>Where the text of configuration files comes from.</summary>
public interface IConfigFiles
{
    /// <summary>The whole content of a file.</summary>
    /// <param name="problem">When it cannot be read: why, as strerror(3) would say it.</param>
    bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem);
}
