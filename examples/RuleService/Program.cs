using System;
using System.Data.Common;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using RuleService.Load;
using RuleService.Queue;
using RuleService.Running;
using RuleService.Settings;
using RuleService.Workers;

namespace RuleService;

/// <summary>The command line of the service.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments.Contains("--help"))
        {
            Console.WriteLine(CommandLine.Help);
            return 0;
        }

        try
        {
            await RunAsync(new CommandLine(arguments, Environment.GetEnvironmentVariable("RULES_ADMIN_KEY")));
            return 0;
        }
        catch (HttpRequestException e)
        {
            Console.Error.WriteLine($"RuleService: {e.Message}. Is the API running? 'RuleService' starts one.");
            return 1;
        }
        catch (PartFailedException e)
        {
            Console.Error.WriteLine($"RuleService: {e.Message} {e.InnerException}");
            return 3;
        }
        catch (Exception e) when (e is UsageException or DbException or QueueUnavailableException or IOException
            or UnauthorizedAccessException or UriFormatException)
        {
            Console.Error.WriteLine($"RuleService: {e.Message}");
            return e is UsageException ? 2 : 1;
        }
    }

    private static async Task RunAsync(CommandLine line)
    {
        switch (line.Mode)
        {
            case "api":
                await RunHostAsync(await Service.BuildApiAsync(line.Settings, CancellationToken.None));
                return;
            case "worker":
                await RunHostAsync(await Service.BuildWorkerAsync(line.Settings, CancellationToken.None));
                return;
            case "isolate":
                await using (ServiceProvider services = Service.BuildRunner())
                {
                    await IsolatedProcess.RunAsync(services.GetRequiredService<ScriptRunner>(), Console.In, Console.Out);
                }

                return;
            case "load":
                LoadTest load = new(line.Settings, line.Number("seconds", 20, 600), line.Number("connections", 8, 64));
                await load.RunAsync(Console.Out);
                return;
            default:
                await new Measurement(line.Settings, line.Number("jobs", 5_000, 100_000)).RunAsync(Console.Out);
                return;
        }
    }

    /// <summary>Runs a host until it is stopped. If it stops because a part of it has failed, the exit code says so.</summary>
    internal static async Task RunHostAsync(IHost host)
    {
        BackgroundService[] parts = [.. host.Services.GetServices<IHostedService>().OfType<BackgroundService>()];
        await host.RunAsync();
        foreach (BackgroundService part in parts)
        {
            if (part.ExecuteTask is { IsFaulted: true } failed)
            {
                throw new PartFailedException(
                    $"{part.GetType().Name} has failed and ended the process.", failed.Exception!.InnerException!);
            }
        }
    }
}
