using KeepalivedAot.Config.Diagnostics;
using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Schema;

/// <summary>What the generator makes of a class with a <see cref="BlockAttribute"/>.</summary>
internal interface IConfigBlock
{
    /// <summary>Made when first asked for: a file without mistakes never needs it.</summary>
    BlockSchema Schema { get; }

    /// <summary>The number of a word in this block, or -1.</summary>
    int FindWord(ReadOnlySpan<byte> word);

    /// <summary>Reads the rest of the parser's current line, and the block that follows if the word opens one.</summary>
    void Accept(int word, Parser parser);

    /// <summary>The word was written, and something of what it says was rejected: it is not missing.</summary>
    void NoteMistake(int word, Said said);

    /// <summary>An empty block of the same type, for what is read for its mistakes only.</summary>
    IConfigBlock MakeAnother();

    /// <summary>The block has been read to its end.</summary>
    void Close(Parser parser);
}
