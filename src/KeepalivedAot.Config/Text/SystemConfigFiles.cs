using System.Diagnostics.CodeAnalysis;

namespace KeepalivedAot.Config.Text;

/// <summary>Configuration files of the machine.</summary>
public sealed class SystemConfigFiles : IConfigFiles
{
    public bool TryRead(string path, [NotNullWhen(true)] out byte[]? content, [NotNullWhen(false)] out string? problem)
    {
        content = null;
        problem = null;
        // The framework's messages are bare keys in our binary, so what went wrong is told by the exception's type.
        try
        {
            content = File.ReadAllBytes(path);
            return true;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            problem = "No such file or directory";
        }
        catch (UnauthorizedAccessException)
        {
            problem = Directory.Exists(path) ? "Is a directory" : "Permission denied";
        }
        catch (Exception e) when (e is IOException or ArgumentException or NotSupportedException)
        {
            problem = "Input/output error";
        }
        return false;
    }
}
