using System.Text;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Tests.Unit.Generator;

/// <summary>The generated lookup against the generated table.</summary>
public sealed class WordLookupTests
{
    public static TheoryData<string> Blocks => ["(root)", "global_defs", "vrrp_instance", "vrrp_instance/authentication"];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void Every_word_is_found_and_no_other(string path)
    {
        BlockSchema schema = KeepalivedAot.Config.Configuration.Schema.Walk().Single(b => b.Path == path).Block;
        IConfigBlock block = path switch
        {
            "(root)" => new KeepalivedAot.Config.Configuration(),
            "global_defs" => new KeepalivedAot.Config.Global.GlobalDefsBlock(),
            "vrrp_instance" => new KeepalivedAot.Config.Vrrp.VrrpInstanceBlock(),
            _ => new KeepalivedAot.Config.Vrrp.AuthenticationBlock(),
        };
        for (int i = 0; i < schema.Words.Count; i++)
        {
            string word = schema.Words[i].Word;
            Assert.Equal(i, block.FindWord(Encoding.UTF8.GetBytes(word)));
            Assert.Same(schema.Words[i], schema.Find(Encoding.UTF8.GetBytes(word)));
            foreach (string other in new[] { word + "x", word[1..], word.ToUpperInvariant(), word[..^1] + "\0", "" })
                Assert.Equal(schema.Words.Any(w => w.Word == other), block.FindWord(Encoding.UTF8.GetBytes(other)) >= 0);
        }
    }

    [Fact]
    public void Table_tells_range_default_and_help_of_a_word()
    {
        WordSchema word = KeepalivedAot.Config.Vrrp.VrrpInstanceBlock.Schema.Find("preempt_delay"u8)!;
        Assert.Equal(("dec6 0..1000 (sec)", "0", "1.1.8", WordKind.Decimal), (word.Arguments, word.Default, word.Since, word.Kind));
        Assert.Equal("How many seconds a master with a lower priority is left in place before it is replaced.", word.Help);
        Assert.Equal("brd", KeepalivedAot.Config.Vrrp.VirtualAddress.Schema.Words.Single(static w => w.Status == WordStatus.Alias).Word);
        Assert.Equal("authentication", KeepalivedAot.Config.Vrrp.VrrpInstanceBlock.Schema.Find("authentication"u8)!.Child!.Word);
        Assert.Equal(["BACKUP", "MASTER"], KeepalivedAot.Config.Vrrp.VrrpInstanceBlock.Schema.Find("state"u8)!.Choices);
    }
}
