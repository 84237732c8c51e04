using System;
using System.Collections.Generic;
using System.Threading;

namespace Lyra;

/// <summary>
/// Engines to rent for single requests. A returned engine is reset: the next tenant sees nothing of the earlier ones. Thread-safe; the
/// rented engine itself is used by one thread at a time.
/// </summary>
public sealed class LyraEnginePool : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LyraOptions _options;
    private readonly Action<LyraEngine>? _define;
    private readonly Stack<Slot> _idle = new();
    private readonly Dictionary<LyraEngine, Slot> _rented = [];
    private bool _isDisposed;

    /// <summary>Makes a pool without engines.</summary>
    /// <param name="capacity">The most idle engines that the pool keeps. It does not limit the rented ones.</param>
    /// <param name="options">The options of the engines; <see cref="LyraOptions.Default"/> if null.</param>
    /// <param name="define">Called once for each new engine, to define what every tenant may use. It may run scripts,
    /// whose variables get their values back when an engine is reset.</param>
    /// <exception cref="ArgumentOutOfRangeException">The capacity is less than 1.</exception>
    public LyraEnginePool(int capacity, LyraOptions? options = null, Action<LyraEngine>? define = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        Capacity = capacity;
        _options = options ?? LyraOptions.Default;
        _define = define;
    }

    /// <summary>The most idle engines that the pool keeps.</summary>
    public int Capacity { get; }

    /// <summary>The engines that are ready to be rented.</summary>
    public int IdleCount
    {
        get
        {
            lock (_lock)
            {
                return _idle.Count;
            }
        }
    }

    /// <summary>The engines that are rented.</summary>
    public int RentedCount
    {
        get
        {
            lock (_lock)
            {
                return _rented.Count;
            }
        }
    }

    /// <summary>Returns an idle engine, or a new one if there is none. It never waits.</summary>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public LyraEngine Rent()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (_idle.TryPop(out Slot? idle))
            {
                _rented.Add(idle.Engine, idle);
                return idle.Engine;
            }
        }

        Slot made = Make();
        lock (_lock)
        {
            _rented.Add(made.Engine, made);
        }

        return made.Engine;
    }

    /// <summary>
    /// Takes an engine back and resets it. The pool disposes it instead if it is full or disposed, and if the engine is no longer sound
    /// (after an error of the kind <c>IntegrityError</c> or <c>InternalError</c>). A disposed engine is forgotten.
    /// </summary>
    /// <param name="engine">The engine.</param>
    /// <exception cref="ArgumentException">The pool has not rented it, or it was returned before.</exception>
    /// <exception cref="InvalidOperationException">A run is in progress in it; it stays rented.</exception>
    public void Return(LyraEngine engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        Slot slot = Take(engine);
        try
        {
            bool isSound = !engine.IsDisposed && !engine.IsBroken;
            if (isSound)
            {
                engine.ResetTo(slot.Definitions);
            }

            if (!isSound || !TryKeep(slot))
            {
                engine.Dispose();
            }
        }
        catch (InvalidOperationException) when (!engine.IsDisposed)
        {
            lock (_lock)
            {
                _rented.Add(engine, slot);
            }

            throw;
        }
    }

    /// <summary>Disposes the idle engines; a rented one is disposed when it is returned.</summary>
    public void Dispose()
    {
        Slot[] idle;
        lock (_lock)
        {
            _isDisposed = true;
            idle = [.. _idle];
            _idle.Clear();
        }

        Array.ForEach(idle, static slot => slot.Engine.Dispose());
    }

    private Slot Make()
    {
        LyraEngine engine = new(_options);
        try
        {
            _define?.Invoke(engine);
        }
        catch
        {
            // Every exception of the callback is rethrown.
            engine.Dispose();
            throw;
        }

        return new Slot(engine, engine.Globals.CopyState());
    }

    private Slot Take(LyraEngine engine)
    {
        lock (_lock)
        {
            return _rented.Remove(engine, out Slot? slot)
                ? slot
                : throw new ArgumentException("The pool has not rented this engine, or it was returned before.", nameof(engine));
        }
    }

    private bool TryKeep(Slot slot)
    {
        lock (_lock)
        {
            if (_isDisposed || _idle.Count >= Capacity)
            {
                return false;
            }

            _idle.Push(slot);
            return true;
        }
    }

    /// <summary>An engine with the globals that it had when it was made.</summary>
    private sealed record Slot(LyraEngine Engine, Dictionary<string, LyraGlobals.Definition> Definitions);
}
