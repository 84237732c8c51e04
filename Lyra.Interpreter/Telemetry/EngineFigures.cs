namespace Lyra.Interpreter.Telemetry;

/// <summary>
/// What the meter shows of one engine. The engine's thread copies its counters here when a run ends and whenever the step budget is
/// refilled, so that its hot paths do nothing for the meter. Other threads read. It refers to nothing, so it outlives the engine cheaply.
/// </summary>
internal sealed class EngineFigures
{
    public long Runs;
    public long FailedRuns;
    public long Steps;
    public long CompiledSteps;
    public long Deoptimizations;
    public long CacheLookups;
    public long CacheHits;
    public long CacheEvictions;
    public long IntegrityChecks;
    public long IntegrityViolations;

    /// <summary>The slots of the slab pool at present.</summary>
    public int Slots;

    /// <summary>The rented ones of them.</summary>
    public int UsedSlots;

    /// <summary>Adds the totals of an engine that has ended; its slots are gone.</summary>
    public void Add(EngineFigures ended)
    {
        Runs += ended.Runs;
        FailedRuns += ended.FailedRuns;
        Steps += ended.Steps;
        CompiledSteps += ended.CompiledSteps;
        Deoptimizations += ended.Deoptimizations;
        CacheLookups += ended.CacheLookups;
        CacheHits += ended.CacheHits;
        CacheEvictions += ended.CacheEvictions;
        IntegrityChecks += ended.IntegrityChecks;
        IntegrityViolations += ended.IntegrityViolations;
    }
}
