using System.IO;
using System.Linq;
using Lyra.Jit.Inspection;
using Shouldly;

namespace Lyra.Tests.Jit.Inspection;

/// <summary>A script run in an engine whose compilations are inspected.</summary>
internal sealed class InspectedRun
{
    public InspectedRun(string source, JitMode mode = JitMode.On)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = new(new LyraOptions
        {
            Jit = mode,
            HotLoopThreshold = 50,
            HotProcThreshold = 1_000_000,
            HotExitThreshold = 1_000_000,
            Output = output,
        });
        engine.Compiler.Inspect(Inspector);
        try
        {
            engine.Run(source, "main.lyra");
        }
        catch (LyraException e)
        {
            Error = e;
        }

        Output = output.ToString();
        Statistics = engine.Statistics.Jit;
    }

    public RegionInspector Inspector { get; } = new();

    public string Output { get; }

    public LyraException? Error { get; }

    public JitStatistics Statistics { get; }

    /// <summary>The only loop or proc at a line.</summary>
    public HotPlace At(int line) => Inspector.Places.Where(place => place.Place.Line == line).ShouldHaveSingleItem();

    /// <summary>The last version of the only loop or proc at a line; it must have been entered.</summary>
    public CompiledVersion CompiledAt(int line)
    {
        CompiledVersion version = At(line).Versions[^1];
        version.Entries.ShouldBeGreaterThan(0, "it was compiled and never entered");
        return version;
    }
}
