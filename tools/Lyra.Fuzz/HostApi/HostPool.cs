using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Fuzz.HostApi;

/// <summary>A pool of engines of a session. A rented engine must have nothing of its former tenants.</summary>
internal sealed class HostPool : IDisposable
{
    private const int Capacity = 2;
    private const int MaxRented = 3;
    private const string Counter = "count";

    private readonly LyraEnginePool _pool;
    private readonly List<LyraEngine> _rented = [];
    private readonly Action<string> _fault;

    /// <param name="options">The options of the engines.</param>
    /// <param name="made">Called with each new engine.</param>
    /// <param name="fault">Called with what is wrong.</param>
    public HostPool(LyraOptions options, Action<LyraEngine> made, Action<string> fault)
    {
        _fault = fault;
        _pool = new LyraEnginePool(Capacity, options, engine =>
        {
            made(engine);
            engine.Define("give", () => _pool!.Return(engine));
            engine.Run($"var {Counter} = 0\nproc next() {{ {Counter} += 1\nreturn {Counter} }}");
        });
    }

    private static IEnumerable<string> Defined => ["give", Counter, "next"];

    public string Rent()
    {
        if (_rented.Count == MaxRented)
        {
            return "enough are rented";
        }

        LyraEngine engine = _pool.Rent();
        string[] names = [.. engine.Globals.Keys.Except(Defined)];
        if (names.Length > 0)
        {
            _fault($"a rented engine has names of a former tenant: {string.Join(' ', names)}");
        }

        if (engine.Run("next()").As<int>() != 1)
        {
            _fault("a rented engine has a variable that a former tenant changed");
        }

        _rented.Add(engine);
        return "rented";
    }

    /// <summary>Runs a script in a rented engine.</summary>
    public string Run(int index, string source) => Pick(index) is { } engine ? engine.Run(source).ToString() : "none";

    /// <summary>Returns an engine, once or twice.</summary>
    public string Return(int index, bool twice)
    {
        if (Pick(index) is not { } engine)
        {
            return "none";
        }

        _rented.Remove(engine);
        _pool.Return(engine);
        if (twice)
        {
            _pool.Return(engine);
        }

        return $"{_pool.RentedCount} rented";
    }

    /// <summary>Disposes a rented engine, which the pool then forgets.</summary>
    public string DisposeRented(int index)
    {
        Pick(index)?.Dispose();
        return "disposed";
    }

    /// <summary>Disposes the pool while engines are rented.</summary>
    public string Close()
    {
        _pool.Dispose();
        return $"{_pool.IdleCount} idle";
    }

    public void Dispose()
    {
        _pool.Dispose();
        foreach (LyraEngine engine in _rented)
        {
            engine.Dispose();
        }
    }

    private LyraEngine? Pick(int index) => _rented.Count == 0 ? null : _rented[index % _rented.Count];
}
