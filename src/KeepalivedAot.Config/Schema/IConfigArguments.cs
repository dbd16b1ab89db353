using KeepalivedAot.Config.Parsing;

namespace KeepalivedAot.Config.Schema;

/// <summary>A value that takes as many words behind its keyword as it needs: a weight with <c>reverse</c>, a script with its user.</summary>
internal interface IConfigArguments<TSelf> where TSelf : IConfigArguments<TSelf>
{
    /// <summary>What may follow the keyword, in the notation of the keyword table: <c>int -254..254 [reverse]</c>.</summary>
    static abstract string Expects { get; }

    /// <summary>Takes its words from the current line by the parser's methods; says in a diagnostic why it returns false.</summary>
    static abstract bool TryRead(Parser parser, out TSelf value);

    /// <summary>The words as they are written in a file.</summary>
    /// <param name="showsSecrets">False: what is a secret is written as asterisks.</param>
    string Format(bool showsSecrets);
}
