using KeepalivedAot.Config.Parsing;
using KeepalivedAot.Config.Schema;

namespace KeepalivedAot.Config.Checkers;

/// <summary>A <c>url { … }</c> of HTTP_GET.</summary>
[Block("url")]
public sealed partial class HttpUrlBlock : UrlBlock
{

    partial void OnClosed(Parser parser) => RequirePath(Spans.Block, _spans.HasMistake(nameof(Path)), parser.Diagnostics);
}
