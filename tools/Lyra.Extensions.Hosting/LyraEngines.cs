using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Lyra.Extensions.Hosting;

/// <summary>
/// The engines of an application: a <see cref="LyraEnginePool"/> for the limits of its settings, and one for each other set of limits that
/// is in use. Thread-safe.
/// </summary>
public sealed class LyraEngines : IDisposable
{
    /// <summary>The category of the log that receives what scripts print.</summary>
    public const string LogCategory = "Lyra.Script";

    private readonly Lock _lock = new();
    private readonly LyraOptions _options;
    private readonly LyraSettings _settings;
    private readonly ILogger _logger;
    private readonly ScriptOutput _output;
    private readonly Action<LyraEngine> _define;
    private readonly LinkedList<(LyraLimits Limits, LyraEnginePool Pool)> _recent = new();
    private readonly Dictionary<LyraLimits, LinkedListNode<(LyraLimits Limits, LyraEnginePool Pool)>> _pools = [];
    private bool _isDisposed;

    internal LyraEngines(IOptions<LyraSettings> settings, ILoggerFactory loggers, Action<LyraEngine> define)
    {
        _settings = settings.Value;
        _logger = loggers.CreateLogger(LogCategory);
        _output = new ScriptOutput(_logger, _settings.OutputLevel);
        _options = _settings.ToOptions() with { Output = _output };
        _define = define;
        Pool = NewPool(_options.Limits);
    }

    /// <summary>The limits of the settings.</summary>
    public LyraLimits Limits => _options.Limits;

    /// <summary>The pool of engines with these limits. What its scripts print is logged.</summary>
    public LyraEnginePool Pool { get; }

    /// <summary>The engines of all pools that are ready to be rented.</summary>
    public int IdleCount => Sum(static pool => pool.IdleCount);

    /// <summary>The engines of all pools that are rented.</summary>
    public int RentedCount => Sum(static pool => pool.RentedCount);

    /// <summary>Rents an engine. It never waits.</summary>
    /// <param name="limits">The limits of its scripts; null for those of the settings.</param>
    /// <param name="output">Receives what the scripts print; null for the log.</param>
    /// <param name="scope">What the scope of the log is to say, for example a tenant and a script; null for no scope.</param>
    /// <returns>The rental, to be disposed when the script has ended.</returns>
    /// <exception cref="ObjectDisposedException">The application has stopped.</exception>
    public LyraRental Rent(
        LyraLimits? limits = null, TextWriter? output = null, IReadOnlyDictionary<string, object>? scope = null)
    {
        LyraEnginePool pool = PoolOf(limits ?? Limits);
        return new LyraRental(pool, _output.Redirect(output), scope is null ? null : _logger.BeginScope(scope));
    }

    /// <summary>Disposes the idle engines; a rented one is disposed when it is returned.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            Pool.Dispose();
            foreach ((_, LyraEnginePool pool) in _recent)
            {
                pool.Dispose();
            }
        }
    }

    private LyraEnginePool PoolOf(LyraLimits limits)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (limits == Limits)
            {
                return Pool;
            }

            if (_pools.TryGetValue(limits, out LinkedListNode<(LyraLimits Limits, LyraEnginePool Pool)>? found))
            {
                _recent.Remove(found);
                _recent.AddFirst(found);
                return found.Value.Pool;
            }

            LyraEnginePool pool = NewPool(limits);
            _pools.Add(limits, _recent.AddFirst((limits, pool)));
            DropOldest();
            return pool;
        }
    }

    /// <summary>
    /// Drops the pool that was used least recently, if there are too many. Its rented engines are disposed when they return.
    /// </summary>
    private void DropOldest()
    {
        if (_recent.Count > _settings.MaxPools)
        {
            (LyraLimits limits, LyraEnginePool pool) = _recent.Last!.Value;
            _recent.RemoveLast();
            _pools.Remove(limits);
            pool.Dispose();
        }
    }

    private LyraEnginePool NewPool(LyraLimits limits) => new(_settings.PoolCapacity, _options with { Limits = limits }, _define);

    private int Sum(Func<LyraEnginePool, int> count)
    {
        lock (_lock)
        {
            return count(Pool) + _recent.Sum(entry => count(entry.Pool));
        }
    }
}
