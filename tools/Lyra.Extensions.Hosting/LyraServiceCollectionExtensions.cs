using System;
using System.Diagnostics.Metrics;
using Lyra.Extensions.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds Lyra to the services of an application.</summary>
public static class LyraServiceCollectionExtensions
{
    /// <summary>
    /// Adds engines (<see cref="LyraEngines"/>, and <see cref="Lyra.LyraEnginePool"/> for the limits of the settings) and instruments. The
    /// settings are validated when the application starts.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Changes the settings.</param>
    public static LyraBuilder AddLyra(this IServiceCollection services, Action<LyraSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<LyraSettings>().ValidateOnStart();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.AddLogging();
        services.AddMetrics();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<LyraSettings>, LyraSettingsValidator>());
        services.TryAddSingleton(NewEngines);
        services.TryAddSingleton(static provider => provider.GetRequiredService<LyraEngines>().Pool);
        services.TryAddSingleton(static provider =>
            new LyraMetrics(provider.GetRequiredService<IMeterFactory>(), provider.GetRequiredService<LyraEngines>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LyraStartup>());
        return new LyraBuilder(services);
    }

    /// <summary>As the other method, with the settings of a section of the configuration, for example <c>Lyra</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section; later changes of it have no effect.</param>
    /// <param name="configure">Changes the settings that were read.</param>
    public static LyraBuilder AddLyra(
        this IServiceCollection services, IConfiguration section, Action<LyraSettings>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(section);
        services.Configure<LyraSettings>(section);
        return services.AddLyra(configure);
    }

    private static LyraEngines NewEngines(IServiceProvider provider)
    {
        EngineDefinition[] definitions = [.. provider.GetServices<EngineDefinition>()];
        return new LyraEngines(
            provider.GetRequiredService<IOptions<LyraSettings>>(),
            provider.GetRequiredService<ILoggerFactory>(),
            engine => Array.ForEach(definitions, definition => definition.Define(provider, engine)));
    }
}
