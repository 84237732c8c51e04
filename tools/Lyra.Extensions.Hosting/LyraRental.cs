using System;
using System.IO;

namespace Lyra.Extensions.Hosting;

/// <summary>
/// An engine that a request has rented from <see cref="LyraEngines"/>. Disposing it returns the engine, which is reset.
/// </summary>
/// <remarks>Rent, run and dispose in the same method: the rental sets where scripts print for this method and what it calls.</remarks>
public sealed class LyraRental : IDisposable
{
    private readonly LyraEnginePool _pool;
    private readonly TextWriter _output;
    private readonly IDisposable? _scope;
    private bool _isReturned;

    internal LyraRental(LyraEnginePool pool, TextWriter output, IDisposable? scope)
    {
        _pool = pool;
        _output = output;
        _scope = scope;
        Engine = pool.Rent();
    }

    /// <summary>The engine.</summary>
    public LyraEngine Engine { get; }

    /// <summary>Returns the engine to its pool. A second call does nothing.</summary>
    /// <exception cref="InvalidOperationException">A run is still in progress in the engine; it stays rented.</exception>
    public void Dispose()
    {
        if (_isReturned)
        {
            return;
        }

        _pool.Return(Engine);
        _isReturned = true;
        _output.Flush();
        ScriptOutput.Restore();
        _scope?.Dispose();
    }
}
