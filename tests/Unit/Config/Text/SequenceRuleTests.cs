using KeepalivedAot.Config.Diagnostics;

namespace KeepalivedAot.Tests.Unit.Config.Text;

/// <summary>Grammar 7: sequences and lists.</summary>
public sealed class SequenceRuleTests
{
    [Theory]
    // 7.1: one, two and three values
    [InlineData("~SEQ(i,1) a$i", "[a1]")]
    [InlineData("~SEQ(i,0) a $i", "[a|1] [a|0]")]
    [InlineData("~SEQ(i,2,2) a $i", "[a|2]")]
    [InlineData("~SEQ(i,1,-1) a $i", "[a|1] [a|0] [a|-1]")]
    [InlineData("~SEQ(i,+1,3,+6) a $i", "[a|1] [a|4]")]
    [InlineData("~SEQ(i,3,-2,-2) a $i", "[a|3] [a|1] [a|-1]")]
    [InlineData("~SEQ(i,0x0F,020) a $i", "[a|15] [a|16]")]
    [InlineData("~SEQ(i,-2147483648,-2147483648) a $i", "[a|-2147483648]")]
    [InlineData("~SEQx(i,0,255,255) a${i}b", "[a0b] [affb]")]
    [InlineData("~SEQ (\ti , 1 , 2 )a $i", "[a|1] [a|2]")]
    // 7.1: values may be definitions; the variable keeps its last value.
    [InlineData("$N=1,2\n~SEQ(i,$N) a $i", "[a|1] [a|2]")]
    [InlineData("$N=2\n~SEQ(i,${N}) a $i\nb ${i}", "[a|1] [a|2] [b|2]")]
    [InlineData("$i=x\n~SEQ(i,1) a $i\nb $i", "[a|1] [b|1]")]
    [InlineData("~SEQ(i,2)\na", "[a]")]
    [InlineData("a { ~SEQ(i,2) b ${i}x\n}", "[a] { [b|1x] [b|2x] }")]
    [InlineData("$j=0\na { ~SEQ(i,2) b $i \"${i}\"\n}", "[a] { [b|1|1] [b|2|2] }")]
    // 7.1: what a round is goes through everything but a sequence that the text becomes.
    [InlineData("~SEQ(i,2) $A${i}=x\na", "[$A1=x] [$A2=x] [a]")]
    [InlineData("~SEQ(i,2) $A=$i\na $A", "[a|2]")]
    [InlineData("~SEQ(i,2) @host1 @x $i", "[@x|1] [@x|2]")]
    // 7.2: lists
    [InlineData("~LST(v, ) a${v}b", "[ab]")]
    [InlineData("~LST(v,1,,2) a$v", "[a1] [a] [a2]")]
    [InlineData("~LST({a, b}, {1, 2}, 3, {4}) x${a}y${b}", "[x1y2] [x3y] [x4y]")]
    [InlineData("$A=1\n~LST(v,$A) a $v", "[a|1]")]
    [InlineData("~LST (v,x)a $v", "[a|x]")]
    [InlineData("~LST(v,x,y) w { z $v }", "[w] { [z|x] } [w] { [z|y] }")]
    // 7.3: the leftmost varies slowest.
    [InlineData("~SEQ(i,2) ~LST(v,x,y) a $i $v", "[a|1|x] [a|1|y] [a|2|x] [a|2|y]")]
    [InlineData("~LST(v,2,3) ~SEQ(i,$v) a $i", "[a|1] [a|2] [a|1] [a|2] [a|3]")]
    [InlineData("$M=a $i\\\n~SEQ(j,2) b $i $j\n~SEQ(i,2) $M", "[a|1] [b|1|1] [b|1|2] [a|2] [b|2|1] [b|2|2]")]
    public void Sequences_repeat_their_text(string text, string expected)
    {
        Assert.Equal(expected, TextFiles.Of(text).Read(out DiagnosticBag diagnostics));
        Assert.DoesNotContain(diagnostics, static d => d.Severity == Severity.Error);
    }

    [Theory]
    [InlineData("~SEQ a", "there is no '(' behind it")]
    [InlineData("~SEQ(,1) a", "it has no name")]
    [InlineData("~SEQ({i},1) a", "it has no name")]
    [InlineData("~SEQ(i) a", "there is no value behind the name")]
    [InlineData("~SEQ(i j,1) a", "there is no value behind the name")]
    [InlineData("~SEQ(i,1", "there is no ')'")]
    [InlineData("~SEQ(i,1,,2) a", "a value is missing")]
    [InlineData("~SEQ(i,1.5) a", "'1.5' is no number")]
    [InlineData("~SEQ(i,08) a", "'08' is no number")]
    [InlineData("~SEQ(i,0x) a", "'0x' is no number")]
    [InlineData("~SEQ(i,0xffffffffffffffff) a", "'0xffffffffffffffff' is no number")]
    [InlineData("~SEQ(i,2147483648) a", "'2147483648' is no number")]
    [InlineData("~SEQ(i,-) a", "'-' is no number")]
    [InlineData("~SEQ(i,1,2,3,4) a", "it has more than three values")]
    [InlineData("~SEQ(i,1,0,3) a", "a step of 0 does not lead from 1 to 3")]
    [InlineData("~SEQ(i,1,-1,3) a", "a step of -1 does not lead from 1 to 3")]
    [InlineData("~SEQ(i,3,1,1) a", "a step of 1 does not lead from 3 to 1")]
    [InlineData("~SEQx(i,-1) a", "hexadecimal numbers are not negative")]
    [InlineData("~SEQ(i,1                                                              ) a", "the values have more than 63 characters")]
    [InlineData("$N=00000000000000000000000000000000000000000000000000000000000001\n~SEQ(i,$N,1) a", "the values have more than 63 characters")]
    [InlineData("$M=1\\\n2\n~SEQ(i,$M) a", "'$M' is no number")]
    [InlineData("~SEQ(i,${_ENV N}) a", "'***' is no number")]
    [InlineData("~LST v", "there is no '(' behind it")]
    [InlineData("~LST(v) a", "it has no value")]
    [InlineData("~LST({a,b) x", "the names are not closed")]
    [InlineData("~LST(v,{1) x", "a set of values is not closed")]
    [InlineData("~LST(v,{1,2}) x", "a set has 2 values for 1 names")]
    [InlineData("~LST(v,1 2) x", "there is no ')'")]
    public void Mistake_names_its_cause_and_leaves_the_line_out(string text, string cause)
    {
        TextFiles files = TextFiles.Of(text + "\nb");
        files.Variables["N"] = "geheim";
        Assert.Equal("[b]", files.Read(out DiagnosticBag diagnostics));
        Diagnostic error = Assert.Single(diagnostics, static d => d.Severity == Severity.Error);
        Assert.Equal("KA0110", error.Code);
        Assert.EndsWith($" invalid specification: {cause}", error.Message, StringComparison.Ordinal);
    }
}
