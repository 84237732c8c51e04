using System.Globalization;
using System.Xml;

namespace Lyra.Bench.Suite.Pages;

/// <summary>Writes the elements of a drawing.</summary>
internal sealed class SvgWriter
{
    private const string Svg = "http://www.w3.org/2000/svg";

    private readonly XmlWriter _page;

    public SvgWriter(XmlWriter page, int width, int height)
    {
        _page = page;
        _page.WriteStartElement("svg", Svg);
        _page.WriteAttributeString("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}"));
        Write("width", width);
        Write("height", height);
        _page.WriteAttributeString("role", "img");
    }

    public void End() => _page.WriteEndElement();

    public void Text(double x, double y, string text, string anchor = "start")
    {
        _page.WriteStartElement("text", Svg);
        Write("x", x);
        Write("y", y);
        _page.WriteAttributeString("text-anchor", anchor);
        _page.WriteString(text);
        _page.WriteEndElement();
    }

    public void Line(double x1, double y1, double x2, double y2, string style)
    {
        _page.WriteStartElement("line", Svg);
        Write("x1", x1);
        Write("y1", y1);
        Write("x2", x2);
        Write("y2", y2);
        _page.WriteAttributeString("class", style);
        _page.WriteEndElement();
    }

    public void Bar(double x, double y, double width, double height, string color)
    {
        _page.WriteStartElement("rect", Svg);
        Write("x", x);
        Write("y", y);
        Write("width", width);
        Write("height", height);
        _page.WriteAttributeString("fill", color);
        _page.WriteEndElement();
    }

    /// <summary>A dot; its title is shown under the pointer.</summary>
    public void Dot(double x, double y, string color, string title)
    {
        _page.WriteStartElement("circle", Svg);
        Write("cx", x);
        Write("cy", y);
        Write("r", 4);
        _page.WriteAttributeString("fill", color);
        _page.WriteElementString("title", Svg, title);
        _page.WriteEndElement();
    }

    public void Polyline(string points, string color)
    {
        _page.WriteStartElement("polyline", Svg);
        _page.WriteAttributeString("points", points);
        _page.WriteAttributeString("fill", "none");
        _page.WriteAttributeString("stroke", color);
        _page.WriteAttributeString("stroke-width", "2");
        _page.WriteEndElement();
    }

    private void Write(string name, double value) => _page.WriteAttributeString(name, value.ToString("0.##", CultureInfo.InvariantCulture));
}
