using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using RuleService.Model;

namespace RuleService.Metrics;

/// <summary>The instruments of the service.</summary>
internal sealed class ServiceMetrics : IDisposable
{
    public const string MeterName = "RuleService";

    private readonly Meter _meter;
    private readonly Counter<long> _runs;
    private readonly Histogram<double> _runTime;
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _refusedRequests;
    private readonly Counter<long> _committed;
    private readonly Counter<long> _duplicates;

    public ServiceMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _runs = _meter.CreateCounter<long>("rules.runs", "{run}", "Runs of requests and jobs, by how they ended.");
        _runTime = _meter.CreateHistogram<double>("rules.run.duration", "s", "The time of runs.");
        _accepted = _meter.CreateCounter<long>("rules.jobs.accepted", "{job}", "Jobs stored and queued.");
        _refused = _meter.CreateCounter<long>("rules.jobs.refused", "{job}", "Jobs refused because the tenant has too many.");
        _refusedRequests = _meter.CreateCounter<long>(
            "rules.requests.refused", "{request}", "Requests refused because the tenant has too many.");
        _committed = _meter.CreateCounter<long>("rules.results.committed", "{result}", "Results of jobs.");
        _duplicates = _meter.CreateCounter<long>("rules.results.dropped", "{result}", "Results of jobs that had one already.");
        _meter.CreateObservableGauge("process.memory", static () => Environment.WorkingSet, "By", "The memory of the process.");
        _meter.CreateObservableGauge(
            "process.heap", static () => GC.GetGCMemoryInfo().HeapSizeBytes, "By", "The managed heap after the last collection.");
        _meter.CreateObservableCounter(
            "process.cpu", static () => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds, "s", "Processor time.");
    }

    public void Dispose() => _meter.Dispose();

    public void CountRun(RunStatus status, TimeSpan time)
    {
        _runs.Add(1, new KeyValuePair<string, object?>("status", status.ToString().ToLowerInvariant()));
        _runTime.Record(time.TotalSeconds);
    }

    public void CountJobs(int accepted, int refused)
    {
        _accepted.Add(accepted);
        _refused.Add(refused);
    }

    public void CountRefusedRequest() => _refusedRequests.Add(1);

    public void CountCommit(int results, int added)
    {
        _committed.Add(added);
        _duplicates.Add(results - added);
    }
}
