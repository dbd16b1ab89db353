using System.Globalization;
using System.Text;

namespace KeepalivedAot.Tests.Linux.Logging;

/// <summary>A syslog message taken apart by the grammar of RFC 5424, 6; whatever does not follow it throws.</summary>
internal sealed record Rfc5424Message(
    int Priority, DateTimeOffset Time, string HostName, string AppName, string ProcessId, string MessageId,
    Dictionary<string, List<(string Name, string Value)>> Elements, string Text)
{
    public static Rfc5424Message Parse(string message)
    {
        int at = 0;
        Expect('<');
        int priority = int.Parse(Until('>'), CultureInfo.InvariantCulture);
        Assert.InRange(priority, 0, 191);
        Expect('1');
        Expect(' ');
        string time = Until(' ');
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}[+-]\d\d:\d\d$", time);
        string[] header = [Header(255), Header(48), Header(128), Header(32)];
        Dictionary<string, List<(string, string)>> elements = [];
        if (message[at] == '-')
            at++;
        else
            while (at < message.Length && message[at] == '[')
                ReadElement();
        if (at < message.Length)
            Expect(' ');
        return new(priority, DateTimeOffset.Parse(time, CultureInfo.InvariantCulture), header[0], header[1], header[2], header[3], elements, message[at..]);

        void Expect(char c) => Assert.Equal(c, message[at++]);

        string Until(char end)
        {
            int found = message.IndexOf(end, at);
            string part = message[at..found];
            at = found + 1;
            return part;
        }

        string Header(int longest)
        {
            string field = Until(' ');
            Assert.InRange(field.Length, 1, longest);
            Assert.All(field, static c => Assert.InRange(c, '!', '~'));
            return field;
        }

        void ReadElement()
        {
            at++;
            int end = message.IndexOfAny([' ', ']'], at);
            List<(string, string)> parameters = [];
            Assert.DoesNotContain(message[at..end], static c => c is '=' or '"');
            elements.Add(message[at..end], parameters);
            at = end;
            while (message[at] == ' ')
            {
                at++;
                string name = Until('=');
                Expect('"');
                StringBuilder value = new();
                while (message[at] != '"')
                {
                    Assert.NotEqual(']', message[at]);
                    if (message[at] == '\\')
                        at++;
                    value.Append(message[at++]);
                }
                at++;
                parameters.Add((name, value.ToString()));
            }
            Expect(']');
        }
    }
}
