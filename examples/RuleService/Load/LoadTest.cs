using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using RuleService.Settings;

namespace RuleService.Load;

/// <summary>
/// Sends requests to an API on this machine for a bounded time, and prints requests a second, latencies and the memory of the API. It
/// refuses any other address than one of the loopback range.
/// </summary>
internal sealed class LoadTest(ServiceSettings settings, int seconds, int connections)
{
    private const int Parts = 10;

    /// <summary>The rule that is run: a discount on an order with ten lines.</summary>
    public const string Rule = """
        proc discount(lines, customer) {
            var total = 0.0
            for line in lines { total += line["price"] * line["count"] }
            if customer["gold"] and total > 100.0 { total *= 0.9 }
            return total
        }
        ({"total": discount(request["lines"], request["customer"]), "lines": length(request["lines"])})
        """;

    public static readonly string Input = "{\"customer\":{\"gold\":true},\"lines\":["
        + string.Join(',', Enumerable.Range(1, 10).Select(static i => $"{{\"price\":{i}.5,\"count\":{i}}}")) + "]}";

    private readonly Latencies _latencies = new();
    private long _failures;

    /// <exception cref="UsageException">The address is not on this machine.</exception>
    /// <exception cref="HttpRequestException">No API answers there, or it ended meanwhile.</exception>
    public async Task RunAsync(TextWriter output)
    {
        Uri root = new(settings.Urls);
        if (!IPAddress.TryParse(root.Host, out IPAddress? ip) || !IPAddress.IsLoopback(ip))
        {
            throw new UsageException(
                $"The load goes to this machine only: {root.Host} is no address of the loopback range, such as 127.0.0.1.");
        }

        using HttpClient client = new(new SocketsHttpHandler { MaxConnectionsPerServer = connections }) { BaseAddress = root };
        client.DefaultRequestHeaders.Authorization = settings.AdminKey is null ? null : new("Bearer", settings.AdminKey);
        await PrepareAsync(client);
        await output.WriteLineAsync($"{connections} connections, {seconds} s, to {root}");
        await output.WriteLineAsync("   time    requests/s    API memory MB   API heap MB");

        using CancellationTokenSource end = new(TimeSpan.FromSeconds(seconds));
        Stopwatch watch = Stopwatch.StartNew();
        Task[] senders = [.. Enumerable.Range(0, connections).Select(_ => SendAsync(client, end.Token))];
        long before = 0;
        double last = 0;
        for (int part = 1; part <= Parts; part++)
        {
            double until = (double)seconds * part / Parts;
            await Task.Delay(TimeSpan.FromSeconds(Math.Max(until - watch.Elapsed.TotalSeconds, 0)));
            double now = watch.Elapsed.TotalSeconds;
            long count = _latencies.Count;
            string figures = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{now,5:F0} s {(count - before) / (now - last),13:F0} {Figure(figures, "process_memory_bytes"),16:F1} "
                    + $"{Figure(figures, "process_heap_bytes"),13:F1}"));
            before = count;
            last = now;
        }

        await Task.WhenAll(senders);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{_latencies.Count} requests, {_failures} failures, {_latencies.Count / last:F0} requests/s, "
                + $"p50 {_latencies.Quantile(0.5):F2} ms, p99 {_latencies.Quantile(0.99):F2} ms"));
    }

    private static async Task PrepareAsync(HttpClient client)
    {
        using StringContent limits = new("{}", Encoding.UTF8, "application/json");
        using StringContent rule = new(Rule);
        (string Path, HttpContent Body)[] parts = [("/tenants/load", limits), ("/tenants/load/scripts/discount", rule)];
        foreach ((string path, HttpContent body) in parts)
        {
            using HttpResponseMessage answer = await client.PutAsync(new Uri(path, UriKind.Relative), body);
            answer.EnsureSuccessStatusCode();
        }
    }

    private async Task SendAsync(HttpClient client, CancellationToken token)
    {
        Uri path = new("/tenants/load/scripts/discount/run", UriKind.Relative);
        while (!token.IsCancellationRequested)
        {
            long start = Stopwatch.GetTimestamp();
            using StringContent body = new(Input, Encoding.UTF8, "application/json");
            using HttpResponseMessage answer = await client.PostAsync(path, body, CancellationToken.None);
            await answer.Content.ReadAsByteArrayAsync(CancellationToken.None);
            _latencies.Add(Stopwatch.GetElapsedTime(start));
            if (!answer.IsSuccessStatusCode)
            {
                Interlocked.Increment(ref _failures);
            }
        }
    }

    /// <summary>A figure of the metrics in MB. Its name is followed by labels.</summary>
    private static double Figure(string metrics, string name)
    {
        string line = metrics.Split('\n').First(line => line.StartsWith(name + "{", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture) / (1 << 20);
    }
}
