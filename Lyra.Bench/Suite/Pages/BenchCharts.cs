using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Xml;
using Lyra.Bench.Suite.Results;

namespace Lyra.Bench.Suite.Pages;

/// <summary>The charts of a page.</summary>
internal static class BenchCharts
{
    private const int Width = 1000;
    private const int Left = 120;
    private const int Right = 60;
    private const int Plot = Width - Left - Right;
    private const double LetterWidth = 6.6;
    private const int Row = 20;
    private const int Head = 30;

    /// <summary>Colors that differ in lightness as well, for the columns in order.</summary>
    private static readonly string[] Colors =
        ["#8c564b", "#9ecae1", "#6baed6", "#3182bd", "#08519c", "#d62728", "#2ca02c", "#ff7f0e", "#9467bd", "#e377c2", "#7f7f7f"];

    /// <summary>A bar for each name, from 1 to its ratio.</summary>
    public static void WriteBars(XmlWriter page, (string Name, double Ratio)[] bars)
    {
        int height = Head + (bars.Length * Row) + 4;
        SvgWriter svg = new(page, Width, height);
        LogAxis axis = new(Left, Plot, bars.Select(bar => bar.Ratio));
        WriteAxis(svg, axis, height);
        for (int i = 0; i < bars.Length; i++)
        {
            double y = Head + (i * Row);
            double start = Math.Min(axis.At(1), axis.At(bars[i].Ratio));
            double end = Math.Max(axis.At(1), axis.At(bars[i].Ratio));
            svg.Text(Left - 8, y + 13, bars[i].Name, "end");
            svg.Bar(start, y + 2, end - start, Row - 5, Color(i));
            svg.Text(end + 5, y + 13, BenchFigures.Ratio(bars[i].Ratio));
        }

        svg.End();
    }

    /// <summary>A row for each program, with a dot for each column.</summary>
    public static void WriteDots(XmlWriter page, string[] columns, IReadOnlyList<(string Program, double?[] Ratios)> rows)
    {
        int height = Head + Row + (rows.Count * Row) + 4;
        SvgWriter svg = new(page, Width, height);
        WriteLegend(svg, columns, 12);
        int left = Math.Max(Left, (int)(LetterWidth * rows.Max(row => row.Program.Length)) + 16);
        int plot = Width - left - Right;
        LogAxis axis = new(left, plot, rows.SelectMany(row => row.Ratios).OfType<double>());
        WriteAxis(svg, axis, height, Row);
        for (int i = 0; i < rows.Count; i++)
        {
            double y = Head + Row + (i * Row) + 9;
            svg.Text(left - 8, y + 4, rows[i].Program, "end");
            svg.Line(left, y, left + plot, y, "grid");
            for (int column = 0; column < columns.Length; column++)
            {
                if (rows[i].Ratios[column] is { } ratio)
                {
                    svg.Dot(axis.At(ratio), y, Color(column), $"{rows[i].Program}, {columns[column]}: {BenchFigures.Ratio(ratio)}");
                }
            }
        }

        svg.End();
    }

    /// <summary>A line for each name over the dates.</summary>
    public static void WriteLines(XmlWriter page, string[] dates, IReadOnlyList<(string Name, IReadOnlyList<double> Values)> lines)
    {
        const int Height = 320;
        const int Bottom = Height - 30;
        SvgWriter svg = new(page, Width, Height);
        WriteLegend(svg, [.. lines.Select(line => line.Name)], 12);
        double least = Math.Min(0.9, lines.SelectMany(line => line.Values).DefaultIfEmpty(1).Min());
        double most = Math.Max(1.1, lines.SelectMany(line => line.Values).DefaultIfEmpty(1).Max());
        for (int tick = (int)Math.Ceiling(least * 10); tick <= most * 10; tick++)
        {
            double y = HeightOf(tick / 10.0);
            svg.Line(Left, y, Left + Plot, y, tick == 10 ? "unit" : "grid");
            svg.Text(Left - 8, y + 4, BenchFigures.Ratio(tick / 10.0), "end");
        }

        int every = Math.Max(1, dates.Length / 8);
        for (int i = 0; i < dates.Length; i += every)
        {
            svg.Text(At(i), Height - 8, dates[i], "middle");
        }

        for (int line = 0; line < lines.Count; line++)
        {
            StringBuilder points = new();
            for (int i = 0; i < dates.Length; i++)
            {
                double value = lines[line].Values[i];
                points.Append(CultureInfo.InvariantCulture, $"{At(i):0.##},{HeightOf(value):0.##} ");
                svg.Dot(At(i), HeightOf(value), Color(line), $"{lines[line].Name}: {BenchFigures.Ratio(value)}");
            }

            svg.Polyline(points.ToString().TrimEnd(), Color(line));
        }

        svg.End();

        double At(int index) => Left + 30 + (index * (Plot - 60.0) / Math.Max(1, dates.Length - 1));
        double HeightOf(double value) => Bottom - ((value - least) / (most - least) * (Bottom - Head));
    }

    private static string Color(int index) => Colors[index % Colors.Length];

    private static void WriteLegend(SvgWriter svg, string[] names, double y)
    {
        double x = Left;
        for (int i = 0; i < names.Length; i++)
        {
            svg.Dot(x, y - 4, Color(i), names[i]);
            svg.Text(x + 8, y, names[i]);
            x += 30 + (7.5 * names[i].Length);
        }
    }

    private static void WriteAxis(SvgWriter svg, LogAxis axis, int height, int offset = 0)
    {
        foreach (double tick in axis.Ticks())
        {
            svg.Line(axis.At(tick), Head + offset - 6, axis.At(tick), height, tick.Equals(1) ? "unit" : "grid");
            svg.Text(axis.At(tick), Head + offset - 10, tick.ToString("0.###", CultureInfo.InvariantCulture), "middle");
        }
    }
}
