using System;

namespace Lyra.Bench.Embedded;

/// <summary>A measured engine. It has the object <c>ball</c>, the function <c>next</c> and one that calls a function n times.</summary>
internal interface IEmbeddedEngine : IDisposable
{
    string Name { get; }

    /// <summary>Loads the script of a task.</summary>
    /// <returns>Does so many operations; its result is the same for all engines.</returns>
    Func<int, double> Prepare(EmbeddedTask task);
}
