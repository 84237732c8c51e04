using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using RuleService.Keys;

namespace RuleService.Settings;

/// <summary>A command line: a mode, then options with values.</summary>
internal sealed class CommandLine
{
    public const string Help = """
        RuleService [api] [options]      the API; without --store and --queue it needs no servers
        RuleService worker [options]     runs jobs; any number of processes on any number of machines
        RuleService load [options]       sends requests to a running API on this machine and prints how fast they are
        RuleService measure [options]    measures queue, store and engine one by one, and jobs a second of 1, 2 and 4 workers

        --urls URL          address of the API (http://127.0.0.1:5080)
        --keys on|off       whether requests need keys (on, unless all addresses are of the loopback range)
        --data FOLDER       scripts, versions and results, without servers (rule-data)
        --store CONNECTION  PostgreSQL, for example "Host=127.0.0.1;Username=rules;Database=rules"; needs --queue
        --queue ADDRESS     RabbitMQ, for example amqp://guest:guest@127.0.0.1:5672; needs --store
        --prefix NAME       first part of the names of the queues (rules)
        --parallel N        most runs at a time (number of processors)
        --prefetch N        most jobs of one tenant that a worker holds (32)
        --most-jobs N       most jobs of one tenant that wait (20000)
        --most-job-mb N     most megabytes of the jobs of one tenant that wait (32)
        --most-all-job-mb N most megabytes of all jobs that wait, without servers (256)
        --most-versions N   most versions of one tenant (1000)
        --most-version-mb N most megabytes of sources and code of one tenant (64)
        --most-all-version-mb N  the same, of all tenants (4096)
        --most-requests N   most requests of one tenant that run or wait (64)
        --drain SECONDS     time to finish what has begun when the process stops (25)
        --seconds N         load: duration (20); at most 600
        --connections N     load: requests at a time (8); at most 64
        --jobs N            measure: jobs for each number of workers (5000); at most 100000

        RULES_ADMIN_KEY             the admin key, of at least 32 characters
        OTEL_EXPORTER_OTLP_ENDPOINT the address of a collector of OpenTelemetry, which gets the metrics
        """;

    // A worker starts its child in the mode isolate.
    private static readonly string[] Modes = ["api", "worker", "load", "measure", "isolate"];

    private static readonly string[] Names =
    [
        "urls", "keys", "data", "store", "queue", "prefix", "parallel", "prefetch", "most-jobs", "most-job-mb", "most-all-job-mb",
        "most-versions", "most-version-mb", "most-all-version-mb", "most-requests", "drain", "seconds",
        "connections", "jobs",
    ];

    private readonly Dictionary<string, string> _values = [];

    private readonly string? _adminKey;

    /// <param name="arguments">The arguments.</param>
    /// <param name="adminKey">The admin key of the environment; null if it has none.</param>
    /// <exception cref="UsageException">An argument is not known, or a value is missing or wrong.</exception>
    public CommandLine(string[] arguments, string? adminKey = null)
    {
        _adminKey = adminKey;
        int start = arguments.Length > 0 && !arguments[0].StartsWith('-') ? 1 : 0;
        Mode = start == 1 ? arguments[0] : "api";
        if (!Modes.Contains(Mode))
        {
            throw new UsageException($"{Mode} is no mode; write api, worker, load or measure.");
        }

        for (int i = start; i < arguments.Length; i += 2)
        {
            string name = arguments[i];
            if (!name.StartsWith("--", StringComparison.Ordinal) || !Names.Contains(name[2..]))
            {
                throw new UsageException($"{name} is no option; --help lists them.");
            }

            _values[name[2..]] = i + 1 < arguments.Length ? arguments[i + 1] : throw new UsageException($"{name} has no value.");
        }

        Settings = ReadSettings();
    }

    public string Mode { get; }

    public ServiceSettings Settings { get; }

    /// <summary>A number among the options.</summary>
    public int Number(string name, int otherwise, int highest)
    {
        if (!_values.TryGetValue(name, out string? text))
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= 1 && number <= highest
            ? number
            : throw new UsageException($"--{name} is {text} and must be a number from 1 to {highest}.");
    }

    /// <summary>Whether requests need keys: an address that others can reach must not be open by mistake.</summary>
    private bool NeedsKeys(string urls)
    {
        bool isLocal = Array.TrueForAll(
            urls.Split(';', StringSplitOptions.RemoveEmptyEntries),
            static url => Uri.TryCreate(url, UriKind.Absolute, out Uri? address) && address.IsLoopback);
        bool needsKeys = _values.GetValueOrDefault("keys", isLocal && _adminKey is null ? "off" : "on") switch
        {
            "on" => true,
            "off" => false,
            string other => throw new UsageException($"--keys is {other} and must be on or off."),
        };
        return !needsKeys || Mode != "api" || _adminKey?.Length >= ApiKey.Shortest
            ? needsKeys
            : throw new UsageException(
                $"Requests to {urls} need keys. Set RULES_ADMIN_KEY to at least {ApiKey.Shortest} characters, for example with "
                    + "'openssl rand -hex 32'. Behind a gateway that checks the callers, write --keys off.");
    }

    private ServiceSettings ReadSettings()
    {
        ServiceSettings standard = new();
        string? store = _values.GetValueOrDefault("store");
        string? queue = _values.GetValueOrDefault("queue");
        if (store is null != queue is null)
        {
            throw new UsageException("--store and --queue need each other: processes that share jobs also share scripts and results.");
        }

        if (store is null && Mode is "worker" or "measure")
        {
            throw new UsageException($"{Mode} needs --store and --queue; without them, the API runs its jobs itself.");
        }

        string urls = _values.GetValueOrDefault("urls", standard.Urls);
        bool needsKeys = NeedsKeys(urls);
        return standard with
        {
            Urls = urls,
            AdminKey = needsKeys ? _adminKey : null,
            IsOpen = !needsKeys && _values.ContainsKey("keys"),
            Data = _values.GetValueOrDefault("data", standard.Data),
            Store = store,
            Queue = queue,
            QueuePrefix = _values.GetValueOrDefault("prefix", standard.QueuePrefix),
            Parallel = Number("parallel", standard.Parallel, 1_000),
            Prefetch = Number("prefetch", standard.Prefetch, 1_000),
            MostJobs = Number("most-jobs", standard.MostJobs, 10_000_000),
            MostJobMegabytes = Number("most-job-mb", standard.MostJobMegabytes, 1_000_000),
            MostAllJobMegabytes = Number("most-all-job-mb", standard.MostAllJobMegabytes, 1_000_000),
            MostVersions = Number("most-versions", standard.MostVersions, 1_000_000),
            MostVersionMegabytes = Number("most-version-mb", standard.MostVersionMegabytes, 1_000_000),
            MostAllVersionMegabytes = Number("most-all-version-mb", standard.MostAllVersionMegabytes, 1_000_000),
            MostRequests = Number("most-requests", standard.MostRequests, 10_000),
            DrainTime = TimeSpan.FromSeconds(Number("drain", (int)standard.DrainTime.TotalSeconds, 600)),
        };
    }
}
