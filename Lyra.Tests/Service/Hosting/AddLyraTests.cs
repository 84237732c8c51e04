using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Extensions.Hosting;
using Lyra.Tests.Harness;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Service.Hosting;

/// <summary><c>services.AddLyra(…)</c>: settings, pools, output, health check and instruments.</summary>
[Collection(MeterListening.Collection)]
public sealed class AddLyraTests
{
    [Fact]
    public void Settings_are_bound_from_a_section_and_override_the_preset()
    {
        using ServiceProvider provider = Provide(Section(
            ("Preset", "Server"), ("PoolCapacity", "3"), ("Limits:MaxSteps", "5000"), ("Limits:Timeout", "00:00:02"),
            ("Capabilities", "Clock, ReadFiles"), ("Jit", "Off"), ("OptimizationLevel", "1")));
        LyraEngines engines = provider.GetRequiredService<LyraEngines>();

        using LyraRental rental = engines.Rent();
        rental.Engine.Options.ShouldSatisfyAllConditions(
            options => options.Limits.ShouldBe(
                new LyraLimits { MaxFrames = 100_000, MaxSteps = 5_000, Timeout = TimeSpan.FromSeconds(2) }),
            options => options.Capabilities.ShouldBe(LyraCapabilities.Clock | LyraCapabilities.ReadFiles),
            options => options.Jit.ShouldBe(JitMode.Off),
            options => options.OptimizationLevel.ShouldBe(1),
            options => options.HotLoopThreshold.ShouldBe(LyraOptions.Server.HotLoopThreshold));
        engines.Pool.Capacity.ShouldBe(3);
        provider.GetRequiredService<LyraEnginePool>().ShouldBeSameAs(engines.Pool);
    }

    [Fact]
    public void Every_number_switch_and_mode_of_the_options_is_a_setting()
    {
        string[] sizes =
        [
            .. typeof(LyraOptions).GetProperties()
                .Where(option => option.PropertyType == typeof(int) || option.PropertyType == typeof(bool) || option.PropertyType.IsEnum)
                .Select(option => option.Name),
        ];
        sizes.Length.ShouldBeGreaterThan(8);
        foreach (string name in sizes)
        {
            PropertyInfo option = typeof(LyraOptions).GetProperty(name)!;
            object value = option.PropertyType == typeof(bool) ? true
                : option.PropertyType.IsEnum ? OtherThan(option.GetValue(LyraOptions.Embedded)!)
                : name switch { "OptimizationLevel" => 1, _ => 4096 };
            LyraSettings settings = new();
            typeof(LyraSettings).GetProperty(name).ShouldNotBeNull(name).SetValue(settings, value);
            option.GetValue(settings.ToOptions()).ShouldBe(value, name);
        }
    }

    private static object OtherThan(object value) => Enum.GetValues(value.GetType()).Cast<object>().First(other => !other.Equals(value));

    [Theory]
    [InlineData("CacheKept", "60000", "CacheEvictFrom is 875 and must exceed CacheKept, 60000.")]
    [InlineData("PoolCapacity", "0", "PoolCapacity is 0 and must be at least 1.")]
    [InlineData("MaxPools", "-1", "MaxPools is -1 and must be at least 1.")]
    [InlineData("HealthTimeout", "00:00:00", "HealthTimeout is 00:00:00 and must be positive.")]
    [InlineData("Limits:MaxSteps", "-5", "The step limit must be positive; use null for none.")]
    [InlineData("OptimizationLevel", "9", "The optimization level is 0 to 3.")]
    public async Task Wrong_settings_end_the_start_with_a_sentence(string key, string value, string message)
    {
        using IHost host = HostOf(Section((key, value)));

        OptionsValidationException exception = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        exception.Message.ShouldContain(message);
    }

    [Fact]
    public void Definitions_are_made_once_for_each_engine_in_their_order()
    {
        List<string> made = [];
        ServiceCollection services = new();
        services.AddSingleton("from the services");
        services.AddLyra()
            .Define(_ => made.Add("first"))
            .Define((provider, engine) => engine.Define("origin", () => provider.GetRequiredService<string>()))
            .Define(_ => made.Add("second"));
        using ServiceProvider provider = services.BuildServiceProvider();
        LyraEngines engines = provider.GetRequiredService<LyraEngines>();

        for (int i = 0; i < 3; i++)
        {
            using LyraRental rental = engines.Rent();
            rental.Engine.Run("origin()").As<string>().ShouldBe("from the services");
        }

        made.ShouldBe(["first", "second"]);
    }

    [Fact]
    public void A_rental_has_its_own_limits_and_leaves_nothing_behind()
    {
        using ServiceProvider provider = Provide();
        LyraEngines engines = provider.GetRequiredService<LyraEngines>();
        LyraLimits few = engines.Limits with { MaxSteps = 1_000 };

        using (LyraRental rental = engines.Rent(few))
        {
            Should.Throw<LyraLimitException>(() => rental.Engine.Run("var leftover = 1\nwhile true { }")).Limit.ShouldBe(LimitKind.Steps);
            engines.RentedCount.ShouldBe(1);
        }

        engines.RentedCount.ShouldBe(0);
        engines.IdleCount.ShouldBe(1);
        using LyraRental next = engines.Rent(few);
        next.Engine.Globals.ContainsKey("leftover").ShouldBeFalse();
        next.Engine.Options.Limits.ShouldBe(few);
    }

    [Fact]
    public void The_least_recently_used_pool_is_dropped()
    {
        using ServiceProvider provider = Provide(Section(("MaxPools", "2")));
        LyraEngines engines = provider.GetRequiredService<LyraEngines>();
        LyraRental early = engines.Rent(engines.Limits with { MaxSteps = 1_001 });
        for (int steps = 1_002; steps < 1_010; steps++)
        {
            using LyraRental rental = engines.Rent(engines.Limits with { MaxSteps = steps });
        }

        engines.IdleCount.ShouldBe(2);
        early.Engine.Run("1 + 1").As<int>().ShouldBe(2);
        early.Dispose();
        engines.IdleCount.ShouldBe(2);
    }

    [Fact]
    public void Printed_lines_are_logged_in_the_scope_of_the_rental()
    {
        RecordingLogger log = new();
        using ServiceProvider provider = Provide(Section(("OutputLevel", "Debug")), log);

        using (LyraRental rental = provider.GetRequiredService<LyraEngines>().Rent(
            scope: new Dictionary<string, object> { ["Script"] = "rules.lyra" }))
        {
            rental.Engine.Run("print(1)\nwrite(\"half \")\nprint(\"line\\nnext\")\nwrite(\"rest\")");
        }

        log.Entries.ShouldBe(
        [
            "Lyra.Script Debug Script=rules.lyra: 1", "Lyra.Script Debug Script=rules.lyra: half line",
            "Lyra.Script Debug Script=rules.lyra: next", "Lyra.Script Debug Script=rules.lyra: rest",
        ]);
    }

    [Fact]
    public async Task Each_of_many_rentals_gets_its_own_output_across_awaits()
    {
        ServiceCollection services = new();
        services.AddLyra().Define(engine => engine.Define("pause", async () => await Task.Delay(5)));
        using ServiceProvider provider = services.BuildServiceProvider();
        LyraEngines engines = provider.GetRequiredService<LyraEngines>();

        string[] printed = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            StringWriter output = new();
            using LyraRental rental = engines.Rent(output: output);
            await rental.Engine.RunAsync($"print({i})\nawait pause()\nprint({i})");
            return output.ToString();
        }));

        printed.ShouldBe(Enumerable.Range(0, 16).Select(static i => $"{i}\n{i}\n"));
    }

    [Fact]
    public void A_long_line_becomes_several_entries()
    {
        RecordingLogger log = new();
        using ServiceProvider provider = Provide(Section(), log);

        using (LyraRental rental = provider.GetRequiredService<LyraEngines>().Rent())
        {
            rental.Engine.Run("print(\"a\".repeat(40000))");
        }

        const string Prefix = "Lyra.Script Information : ";
        log.Entries.Count.ShouldBe(3);
        string.Concat(log.Entries.Select(static entry => entry[Prefix.Length..])).ShouldBe(new string('a', 40_000));
    }

    [Fact]
    public async Task Health_check_runs_a_script()
    {
        ServiceCollection services = new();
        services.AddLyra(static settings => settings.HealthTimeout = TimeSpan.FromMinutes(5)).AddHealthCheck();
        using ServiceProvider provider = services.BuildServiceProvider();

        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();

        report.Status.ShouldBe(HealthStatus.Healthy);
        report.Entries["lyra"].Data["rented"].ShouldBe(0);
    }

    [Fact]
    public async Task Health_check_fails_when_engines_cannot_be_rented()
    {
        ServiceCollection services = new();
        services.AddLyra().AddHealthCheck();
        using ServiceProvider provider = services.BuildServiceProvider();
        HealthCheckService check = provider.GetRequiredService<HealthCheckService>();
        provider.GetRequiredService<LyraEngines>().Dispose();

        (await check.CheckHealthAsync()).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public async Task Instruments_count_idle_and_rented_engines()
    {
        using IHost host = HostOf(Section());
        await host.StartAsync();
        Dictionary<string, int> figures = [];
        LyraEngines engines = host.Services.GetRequiredService<LyraEngines>();
        IMeterFactory factory = host.Services.GetRequiredService<IMeterFactory>();
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == LyraMetrics.HostingMeter && instrument.Meter.Scope == factory)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => figures[instrument.Name] = value);
        listener.Start();

        engines.Rent().Dispose();
        using LyraRental one = engines.Rent(engines.Limits with { MaxSteps = 5_000 });
        listener.RecordObservableInstruments();

        figures.ShouldBe(
            new Dictionary<string, int> { ["lyra.hosting.engines.idle"] = 1, ["lyra.hosting.engines.rented"] = 1 }, ignoreOrder: true);
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] values) => new ConfigurationBuilder()
        .AddInMemoryCollection(values.Select(static pair => KeyValuePair.Create("Lyra:" + pair.Key, (string?)pair.Value)))
        .Build().GetSection("Lyra");

    private static ServiceProvider Provide(IConfigurationSection? section = null, ILoggerProvider? log = null)
    {
        ServiceCollection services = new();
        services.AddLogging(logging =>
        {
            logging.SetMinimumLevel(LogLevel.Trace);
            if (log is not null)
            {
                logging.AddProvider(log);
            }
        });
        services.AddLyra(section ?? Section());
        return services.BuildServiceProvider();
    }

    private static IHost HostOf(IConfigurationSection section)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLyra(section);
        return builder.Build();
    }

    /// <summary>Records category, level, scopes and text of each entry.</summary>
    private sealed class RecordingLogger : ILoggerProvider, ISupportExternalScope
    {
        private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

        public List<string> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

        public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

        public void Dispose()
        {
        }

        private sealed class Category(RecordingLogger owner, string name) : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => owner._scopes.Push(state);

            public bool IsEnabled(LogLevel logLevel) => true;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
            {
                List<string> scopes = [];
                owner._scopes.ForEachScope(
                    static (scope, list) =>
                        list.AddRange(
                            ((IEnumerable<KeyValuePair<string, object>>)scope!).Select(static pair => $"{pair.Key}={pair.Value}")),
                    scopes);
                owner.Entries.Add($"{name} {logLevel} {string.Join(' ', scopes)}: {formatter(state, exception)}");
            }
        }
    }
}
