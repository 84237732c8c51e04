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
            await RunAsync(new CommandLine(arguments));
            return 0;
        }
        catch (HttpRequestException e)
        {
            Console.Error.WriteLine($"RuleService: {e.Message}. Is the API running? 'RuleService' starts one.");
            return 1;
        }
        catch (Exception e) when (e is UsageException or DbException or QueueUnavailableException or IOException or UriFormatException)
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
                await (await Service.BuildApiAsync(line.Settings, CancellationToken.None)).RunAsync();
                return;
            case "worker":
                await (await Service.BuildWorkerAsync(line.Settings, CancellationToken.None)).RunAsync();
                return;
            case "isolate":
                await using (ServiceProvider services = Service.BuildRunner())
                {
                    await IsolatedProcess.RunAsync(services.GetRequiredService<ScriptRunner>(), Console.In, Console.Out);
                }

                return;
            case "load":
                LoadTest load = new(line.Settings.Urls, line.Number("seconds", 20, 600), line.Number("connections", 8, 64));
                await load.RunAsync(Console.Out);
                return;
            default:
                await new Measurement(line.Settings, line.Number("jobs", 5_000, 100_000)).RunAsync(Console.Out);
                return;
        }
    }
}
