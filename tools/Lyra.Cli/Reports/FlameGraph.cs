using System.Globalization;
using System.Linq;
using System.Xml;

namespace Lyra.Cli.Reports;

/// <summary>Draws a flame graph as SVG (Brendan Gregg, "The Flame Graph", CACM 2016), with the outermost call at the top.</summary>
internal static class FlameGraph
{
    private const string Svg = "http://www.w3.org/2000/svg";
    private const int Width = 1200;
    private const int RowHeight = 18;

    /// <summary>The width of a character, about.</summary>
    private const double CharacterWidth = 6.3;

    private static readonly string[] Colours = ["#f6b26b", "#ffd966", "#f9cb9c", "#ffe599", "#ea9999", "#f4cccc"];

    public static void Write(ReportFlame root, XmlWriter page)
    {
        page.WriteStartElement("svg", Svg);
        page.WriteAttributeString("viewBox", $"0 0 {Width} {RowHeight * DepthOf(root)}");
        page.WriteAttributeString("role", "img");
        Draw(root, 0, Width, 0, page);
        page.WriteFullEndElement();
    }

    private static int DepthOf(ReportFlame flame) => 1 + flame.Callees.Select(DepthOf).DefaultIfEmpty().Max();

    private static void Draw(ReportFlame flame, double left, double width, int depth, XmlWriter page)
    {
        page.WriteStartElement("g", Svg);
        page.WriteElementString("title", Svg, HtmlReportWriter.Printable(flame.Detail));
        page.WriteStartElement("rect", Svg);
        Attribute(page, "x", left);
        Attribute(page, "y", depth * RowHeight);
        Attribute(page, "width", width);
        Attribute(page, "height", RowHeight);
        page.WriteAttributeString("fill", Colours[Hash(flame.Label) % Colours.Length]);
        page.WriteFullEndElement();
        int characters = (int)((width - 6) / CharacterWidth);
        if (characters > 1)
        {
            page.WriteStartElement("text", Svg);
            Attribute(page, "x", left + 3);
            Attribute(page, "y", (depth * RowHeight) + 13);
            string label = flame.Label.Length <= characters ? flame.Label : $"{flame.Label[..(characters - 1)]}…";
            page.WriteString(HtmlReportWriter.Printable(label));
            page.WriteFullEndElement();
        }

        page.WriteFullEndElement();
        double next = left;
        foreach (ReportFlame callee in flame.Callees)
        {
            double part = flame.Weight > 0 ? width * callee.Weight / flame.Weight : 0;
            Draw(callee, next, part, depth + 1, page);
            next += part;
        }
    }

    private static void Attribute(XmlWriter page, string name, double value) =>
        page.WriteAttributeString(name, value.ToString("0.##", CultureInfo.InvariantCulture));

    /// <summary>The same colour for the same name in all runs, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static int Hash(string text) => text.Aggregate(17, static (hash, c) => ((hash * 31) + c) & 0xFFFF);
}
