using System;
using Microsoft.Extensions.DependencyInjection;

namespace Lyra.Extensions.Hosting;

/// <summary>Adds to the registration of Lyra.</summary>
public sealed class LyraBuilder
{
    internal LyraBuilder(IServiceCollection services)
    {
        Services = services;
    }

    /// <summary>The services of the application.</summary>
    public IServiceCollection Services { get; }

    /// <summary>
    /// Defines what all scripts may use. The delegate is called once for each new engine, after those that were added before.
    /// </summary>
    /// <param name="define">Calls <c>engine.Define</c> and <c>engine.DefineType</c>. Engines may call it at the same time.</param>
    public LyraBuilder Define(Action<LyraEngine> define) => Define((_, engine) => define(engine));

    /// <summary>As <see cref="Define(Action{LyraEngine})"/>, with the services of the application.</summary>
    /// <param name="define">Calls <c>engine.Define</c> and <c>engine.DefineType</c>. Engines may call it at the same time.</param>
    public LyraBuilder Define(Action<IServiceProvider, LyraEngine> define)
    {
        ArgumentNullException.ThrowIfNull(define);
        Services.AddSingleton(new EngineDefinition(define));
        return this;
    }

    /// <summary>Adds a health check that runs a small script.</summary>
    /// <param name="name">Its name.</param>
    public LyraBuilder AddHealthCheck(string name = "lyra")
    {
        Services.AddHealthChecks().AddCheck<LyraHealthCheck>(name);
        return this;
    }
}
