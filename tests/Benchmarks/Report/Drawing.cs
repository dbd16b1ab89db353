using System.Globalization;
using System.Xml.Linq;

namespace KeepalivedAot.Benchmarks.Report;

/// <summary>A picture (SVG) for a page: readable on a light and on a dark one, with the fonts of whoever looks at it.</summary>
internal sealed class Drawing
{
    private const string Style = """

        text { font: 12px system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; fill: #1f2328; }
        .title { font-size: 16px; font-weight: 600; }
        .small { font-size: 11px; fill: #59636e; }
        .back { fill: #ffffff; }
        .grid { stroke: #d1d9e0; stroke-width: 1; }
        .one { stroke: #1f2328; stroke-width: 1.5; }
        .ours { fill: #2f6fb5; }
        .stock { fill: #c4641a; }
        .even { fill: #818b98; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6edf3; }
          .small { fill: #9198a1; }
          .back { fill: #0d1117; }
          .grid { stroke: #30363d; }
          .one { stroke: #e6edf3; }
          .ours { fill: #58a6ff; }
          .stock { fill: #f0883e; }
          .even { fill: #9198a1; }
        }

        """;

    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    private readonly XElement _root;

    public Drawing(int width, int height, string title, string description)
    {
        _root = new XElement(
            s_svg + "svg",
            new XAttribute("width", width), new XAttribute("height", height), new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}")),
            new XAttribute("role", "img"),
            new XElement(s_svg + "title", title), new XElement(s_svg + "desc", description), new XElement(s_svg + "style", Style));
        // A transparent picture would take the page's colour, which need not be the one that its style was asked for.
        Box("back", 0, 0, width, height);
    }

    public void Text(string kind, double x, double y, string text, string anchor = "start")
        => Add("text", kind, [("x", x), ("y", y)], new XAttribute("text-anchor", anchor), text);

    public void Box(string kind, double x, double y, double width, double height, string? hint = null)
        => Add("rect", kind, [("x", x), ("y", y), ("width", width), ("height", height)], hint is null ? null : new XElement(s_svg + "title", hint));

    public void Line(string kind, double x1, double y1, double x2, double y2) => Add("line", kind, [("x1", x1), ("y1", y1), ("x2", x2), ("y2", y2)]);

    public override string ToString() => $"{_root.ToString().ReplaceLineEndings("\n")}\n";

    private void Add(string name, string kind, (string Name, double Value)[] numbers, params object?[] more)
        => _root.Add(new XElement(
            s_svg + name, kind.Length == 0 ? null : new XAttribute("class", kind),
            numbers.Select(static number => new XAttribute(number.Name, number.Value.ToString("0.#", CultureInfo.InvariantCulture))), more));
}
