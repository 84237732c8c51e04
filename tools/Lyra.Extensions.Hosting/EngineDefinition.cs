using System;

namespace Lyra.Extensions.Hosting;

/// <summary>What <see cref="LyraBuilder.Define(Action{LyraEngine})"/> has added.</summary>
internal sealed record EngineDefinition(Action<IServiceProvider, LyraEngine> Define);
