using KeepalivedAot.Tests.EndToEnd.Laboratory;

namespace KeepalivedAot.Tests.EndToEnd.Scripts;

/// <summary>Scripts of one router, and the record that they leave: a line for each run, its name and its arguments in brackets.</summary>
internal sealed class ScriptFolder
{
    private const UnixFileMode Executable = (UnixFileMode)0b111_101_101;

    private readonly string _directory;

    public ScriptFolder(Router router)
    {
        _directory = Path.Combine(router.Scratch, "scripts");
        Directory.CreateDirectory(_directory);
        Record = Path.Combine(router.Scratch, "record");
        File.WriteAllText(Record, "");
        File.SetUnixFileMode(Record, (UnixFileMode)0b110_110_110);
    }

    public string Record { get; }

    public string PathOf(string name) => Path.Combine(_directory, name);

    /// <summary>A shell script that writes its line, and then does this.</summary>
    public string Add(string name, string body = "")
        => AddRaw(name, $"line='{name}'\nfor a; do line=\"$line [$a]\"; done\nprintf '%s\\n' \"$line\" >> {Record}\n{body}\n");

    /// <summary>A shell script that writes nothing by itself.</summary>
    public string AddRaw(string name, string body)
    {
        string path = PathOf(name);
        File.WriteAllText($"{path}.new", $"#!/bin/sh\n{body}");
        File.SetUnixFileMode($"{path}.new", Executable);
        // Whole or not at all, as it may be run at any time.
        File.Move($"{path}.new", path, overwrite: true);
        return path;
    }

    public string[] Lines() => File.ReadAllLines(Record);

    /// <summary>Waits until the record has as many lines.</summary>
    public string[] WaitForLines(int count)
    {
        Wait($"{count} lines", () => Lines().Length >= count);
        return Lines();
    }

    public void WaitForLine(string line) => Wait($"the line '{line}'", () => Lines().Contains(line));

    public void Wait(string what, Func<bool> isThere)
    {
        if (!SpinWait.SpinUntil(
            () =>
            {
                Thread.Sleep(10);
                return isThere();
            },
            Expect.Soon))
        {
            throw new LabException($"not seen: {what}; the record is\n{string.Join('\n', Lines())}");
        }
    }
}
