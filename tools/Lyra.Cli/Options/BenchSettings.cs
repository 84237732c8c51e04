using Lyra.Bench.Suite;

namespace Lyra.Cli.Options;

/// <summary>The settings of <c>lyra bench</c>.</summary>
internal sealed class BenchSettings
{
    public BenchSize Size { get; set; } = BenchSize.Mid;

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

    /// <summary>What runs one program in this process; null to measure.</summary>
    public string? InProcess { get; set; }
}
