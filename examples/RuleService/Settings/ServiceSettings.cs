using System;
using RuleService.Queue;

namespace RuleService.Settings;

/// <summary>What the command line says.</summary>
internal sealed record ServiceSettings
{
    /// <summary>The address of the API.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5080";

    /// <summary>The key that may do everything; null if callers on this machine need none.</summary>
    public string? AdminKey { get; init; }

    /// <summary>True if nobody needs a key, because a gateway checks the callers.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The folder of the store, without servers.</summary>
    public string Data { get; init; } = "rule-data";

    /// <summary>The connection string of PostgreSQL; null for the folder.</summary>
    public string? Store { get; init; }

    /// <summary>The address of RabbitMQ; null for a queue in the process.</summary>
    public string? Queue { get; init; }

    /// <summary>The first part of the names of the queues in RabbitMQ.</summary>
    public string QueuePrefix { get; init; } = "rules";

    /// <summary>The most runs at a time.</summary>
    public int Parallel { get; init; } = Environment.ProcessorCount;

    /// <summary>The most jobs of one tenant that a worker holds.</summary>
    public int Prefetch { get; init; } = 32;

    /// <summary>The most jobs of one tenant that wait.</summary>
    public int MostJobs { get; init; } = 20_000;

    /// <summary>The most megabytes of the jobs of one tenant that wait.</summary>
    public int MostJobMegabytes { get; init; } = 32;

    /// <summary>The most megabytes of all jobs that wait.</summary>
    public int MostAllJobMegabytes { get; init; } = 256;

    /// <summary>The most versions of one tenant.</summary>
    public int MostVersions { get; init; } = 1_000;

    /// <summary>The most megabytes of the sources and code of one tenant.</summary>
    public int MostVersionMegabytes { get; init; } = 64;

    /// <summary>The most megabytes of the sources and code of all tenants.</summary>
    public int MostAllVersionMegabytes { get; init; } = 4_096;

    /// <summary>The most requests of one tenant that run or wait to run.</summary>
    public int MostRequests { get; init; } = 64;

    /// <summary>How long a stopping process finishes what it has begun.</summary>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(25);

    public QueueBounds QueueBounds => new(MostJobs, (long)MostJobMegabytes << 20, (long)MostAllJobMegabytes << 20);
}
