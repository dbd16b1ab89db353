using System.Text;
using KeepalivedAot.Base;
using KeepalivedAot.Config;

namespace KeepalivedAot.Tests.Unit.Config;

/// <summary>No text makes the reader fail; it always ends, with diagnostics that can be shown.</summary>
public sealed class RobustnessTests
{
    private static readonly byte[] Valid = Encoding.UTF8.GetBytes(ConfigText.Valid);
    private static readonly byte[] Interesting = "{}\"'#!\\\n\r\t \0$@~/-:.9\xFF"u8.ToArray();

    [Fact]
    public void Every_prefix_of_a_valid_file_is_survived()
    {
        for (int length = 0; length <= Valid.Length; length++)
            Survive(Valid[..length]);
    }

    [Fact]
    public void Random_bytes_in_a_valid_file_are_survived()
    {
        Prng prng = new(20261125);
        for (int run = 0; run < 20_000; run++)
            Survive(Mutate(prng), rendered: run % 10 == 0);
    }

    [Fact]
    public void Random_lines_are_survived()
    {
        string[] lines = ConfigText.Valid.Split('\n');
        Prng prng = new(1);
        for (int run = 0; run < 1_000; run++)
        {
            StringBuilder text = new();
            for (int line = 0; line < 40; line++)
                text.Append(lines[prng.Next(lines.Length)]).Append(prng.Next(20) == 0 ? ' ' : '\n');
            Survive(Encoding.UTF8.GetBytes(text.ToString()));
        }
    }

    [Fact]
    public void Deep_nesting_is_survived()
    {
        StringBuilder text = new();
        for (int i = 0; i < 20_000; i++)
            text.Append("vrrp_instance A").Append(i).Append("{\nauthentication{\nfoo{\n");
        Survive(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private static byte[] Mutate(Prng prng)
    {
        List<byte> bytes = [.. Valid];
        for (int change = 1 + prng.Next(4); change > 0; change--)
        {
            int at = prng.Next(bytes.Count);
            switch (prng.Next(5))
            {
                case 0:
                    bytes[at] = (byte)prng.Next(256);
                    break;
                case 1:
                    bytes[at] = Interesting[prng.Next(Interesting.Length)];
                    break;
                case 2:
                    bytes.Insert(at, Interesting[prng.Next(Interesting.Length)]);
                    break;
                case 3:
                    bytes.RemoveRange(at, Math.Min(1 + prng.Next(30), bytes.Count - at));
                    break;
                default:
                    int length = Math.Min(1 + prng.Next(60), bytes.Count - at);
                    bytes.InsertRange(prng.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
            }
            if (bytes.Count == 0)
                break;
        }
        return [.. bytes];
    }

    private static void Survive(byte[] content, bool rendered = true)
    {
        LoadResult result = ConfigText.Load(content);
        if (!rendered)
            return;
        string text = ConfigText.Render(result);
        Assert.Equal(result.Diagnostics.Count == 0, text.Length == 0);
        Assert.DoesNotContain(text, static c => char.IsControl(c) && c is not ('\n' or '\t'));
    }
}
