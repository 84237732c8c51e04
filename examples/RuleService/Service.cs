using System;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Extensions.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Metrics;
using RuleService.Api;
using RuleService.Keys;
using RuleService.Metrics;
using RuleService.Model;
using RuleService.Queue;
using RuleService.Running;
using RuleService.Settings;
using RuleService.Store;
using RuleService.Workers;

namespace RuleService;

/// <summary>Builds the processes of the service.</summary>
internal static class Service
{
    /// <summary>The API. Without servers it also runs the jobs.</summary>
    public static async Task<WebApplication> BuildApiAsync(ServiceSettings settings, CancellationToken token)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        LogNoRequests(builder.Configuration);
        builder.WebHost.UseUrls(settings.Urls);
        builder.WebHost.ConfigureKestrel(static server => server.Limits.MaxRequestBodySize = 1 << 20);
        await AddServicesAsync(builder, settings, token);
        builder.Services.ConfigureHttpJsonOptions(static json => Json.Configure(json.SerializerOptions));
        builder.Services.Configure<RouteHandlerOptions>(static routes => routes.ThrowOnBadRequest = true);
        builder.Services.AddKeys(settings);
        builder.Services.AddTelemetry(static metrics =>
            metrics.AddPrometheusExporter(static prometheus => prometheus.ScrapeResponseCacheDurationMilliseconds = 0));
        builder.Services.AddSingleton<JobSubmitter>();
        builder.Services.AddSingleton<ScriptCompiler>();
        builder.Services.AddSingleton(static provider => new ActiveScripts(provider.GetRequiredService<IRuleStore>(), TimeProvider.System));
        builder.Services.AddSingleton(_ => new RunGate(settings.Parallel, settings.MostRequests));
        if (settings.Queue is null)
        {
            AddWorker(builder.Services);
        }

        WebApplication app = builder.Build();
        app.UseApiErrors();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.MapOperations();
        RouteGroupBuilder tenants = app.MapGroup("").AddEndpointFilter<NameFilter>();
        tenants.MapTenants();
        tenants.MapScripts();
        tenants.MapRuns();
        tenants.MapJobs();
        return app;
    }

    /// <summary>A worker.</summary>
    public static async Task<IHost> BuildWorkerAsync(ServiceSettings settings, CancellationToken token)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddSimpleConsole(LogLines);
        await AddServicesAsync(builder, settings, token);
        builder.Services.AddTelemetry();
        AddWorker(builder.Services);
        return builder.Build();
    }

    /// <summary>The services of a process that runs scripts and does nothing else.</summary>
    public static ServiceProvider BuildRunner()
    {
        ServiceCollection services = new();
        AddRunner(services);
        return services.BuildServiceProvider();
    }

    public static async Task<IRuleStore> OpenStoreAsync(ServiceSettings settings, ILogger logger, CancellationToken token) =>
        settings.Store is null ? SqliteStore.Open(settings.Data, logger) : await PostgresStore.OpenAsync(settings.Store, token);

    public static IJobQueue OpenQueue(ServiceSettings settings, ILogger logger) => settings.Queue is null
        ? new MemoryQueue(settings.QueueBounds)
        : new RabbitQueue(settings.Queue, settings.QueuePrefix, settings.QueueBounds, logger);

    /// <summary>
    /// ASP.NET Core logs eleven lines for each request unless told otherwise; /metrics has what they say. Environment variables such as
    /// <c>Logging__LogLevel__Microsoft.AspNetCore</c> take precedence.
    /// </summary>
    private static void LogNoRequests(ConfigurationManager configuration) =>
        configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Logging:LogLevel:Microsoft.AspNetCore", nameof(LogLevel.Warning))],
        });

    private static void LogLines(SimpleConsoleFormatterOptions console) => console.SingleLine = true;

    private static void AddWorker(IServiceCollection services)
    {
        services.AddSingleton<IsolatedRunner>();
        services.AddHostedService<JobWorker>();
    }

    private static LyraBuilder AddRunner(IServiceCollection services)
    {
        services.AddSingleton<ServiceMetrics>();
        services.AddSingleton<ScriptRunner>();
        return services.AddLyra(static lyra => lyra.Preset = LyraPreset.Embedded);
    }

    private static async Task AddServicesAsync(IHostApplicationBuilder builder, ServiceSettings settings, CancellationToken token)
    {
        using ILoggerFactory loggers = LoggerFactory.Create(static logging => logging.AddSimpleConsole(LogLines));
        IRuleStore store = await OpenStoreAsync(settings, loggers.CreateLogger("RuleService.Store"), token);
        builder.Services.AddSingleton(settings);
        // Made by a factory, so that the container disposes them.
        builder.Services.AddSingleton(_ => store);
        builder.Services.AddSingleton(provider =>
            OpenQueue(settings, provider.GetRequiredService<ILoggerFactory>().CreateLogger("RuleService.Queue")));
        builder.Services.AddSingleton(provider => new ModuleCache(provider.GetRequiredService<IRuleStore>()));
        builder.Services.AddSingleton<StoredScripts>();
        AddRunner(builder.Services).AddHealthCheck();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = settings.DrainTime + TimeSpan.FromSeconds(5));
    }
}
