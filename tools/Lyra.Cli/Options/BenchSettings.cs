using System.Linq;
using Lyra.Bench.Suite;

namespace Lyra.Cli.Options;

/// <summary>The settings of <c>lyra bench</c>.</summary>
internal sealed class BenchSettings
{
    /// <summary>The size of the programs; null for the usual one.</summary>
    public BenchSize? Size { get; set; }

    public int Rounds { get; set; } = 3;

    /// <summary>Whether to measure the implementations of other languages that are installed.</summary>
    public bool WithPeers { get; set; }

    /// <summary>The file for the result as JSON; null for none.</summary>
    public string? JsonFile { get; set; }

    /// <summary>The page to write; null for none.</summary>
    public string? HtmlFile { get; set; }

    /// <summary>The file that stores the result for comparisons; null for none.</summary>
    public string? SaveFile { get; set; }

    /// <summary>The stored result to compare with; null for none.</summary>
    public string? CompareFile { get; set; }

    /// <summary>The command of another build to compare with, which runs beside this one; null for none.</summary>
    public string? Against { get; set; }

    /// <summary>The share by which a program may become slower without failing a comparison; null for the usual one.</summary>
    public double? Limit { get; set; }

    /// <summary>Whether to check the published figures.</summary>
    public bool ChecksClaims { get; set; }

    /// <summary>The document for the checked figures; null for none.</summary>
    public string? MarkdownFile { get; set; }

    /// <summary>The files to write.</summary>
    public string[] OutputFiles => [.. new[] { JsonFile, HtmlFile, SaveFile, MarkdownFile }.OfType<string>()];

    /// <summary>What runs one program in this process; null to measure.</summary>
    public string? InProcess { get; set; }
}
