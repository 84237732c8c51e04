using System.Text.Json.Serialization;

namespace Lyra.Fuzz.Running;

/// <summary>Counts that can be added up.</summary>
internal sealed class Tally
{
    /// <summary>Programs, files or traces.</summary>
    public long Items { get; set; }

    public long Runs { get; set; }

    public long Finds { get; set; }

    public long Steps { get; set; }

    /// <summary>Steps of the runs that may compile.</summary>
    public long TieredSteps { get; set; }

    /// <summary>Of these, steps taken in compiled code.</summary>
    public long CompiledSteps { get; set; }

    public long Recordings { get; set; }

    public long Regions { get; set; }

    public long Entries { get; set; }

    public long Exits { get; set; }

    public long CallOuts { get; set; }

    /// <summary>Programs in which something ran compiled.</summary>
    public long Compiled { get; set; }

    /// <summary>Programs whose run ended in an error.</summary>
    public long Errors { get; set; }

    /// <summary>Of mutated files, those that the verifier accepted.</summary>
    public long Accepted { get; set; }

    /// <summary>Programs that reached new coverage in their process.</summary>
    public long Novel { get; set; }

    [JsonIgnore]
    public double CompiledShare => TieredSteps == 0 ? 0 : 100.0 * CompiledSteps / TieredSteps;

    public void Count(JitStatistics statistics)
    {
        TieredSteps += statistics.Steps;
        CompiledSteps += statistics.CompiledSteps;
        Recordings += statistics.TracesStarted;
        Regions += statistics.TracesCompiled;
        Entries += statistics.Entries;
        Exits += statistics.Deoptimizations;
        CallOuts += statistics.CallOuts;
    }

    public static Tally Sum(Tally left, Tally right)
    {
        Tally sum = new();
        sum.Add(left);
        sum.Add(right);
        return sum;
    }

    public void Add(Tally other)
    {
        Items += other.Items;
        Runs += other.Runs;
        Finds += other.Finds;
        Steps += other.Steps;
        TieredSteps += other.TieredSteps;
        CompiledSteps += other.CompiledSteps;
        Recordings += other.Recordings;
        Regions += other.Regions;
        Entries += other.Entries;
        Exits += other.Exits;
        CallOuts += other.CallOuts;
        Compiled += other.Compiled;
        Errors += other.Errors;
        Accepted += other.Accepted;
        Novel += other.Novel;
    }
}
