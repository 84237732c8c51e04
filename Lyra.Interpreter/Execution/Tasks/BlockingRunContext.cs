using System;
using System.Collections.Generic;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// The synchronization context of a run that blocks a thread which has a context of its own, such as that of a window. Continuations of
/// the host's async delegates are posted to it, and the run executes them while it waits. Without it they would be posted to the thread
/// that waits for them.
/// </summary>
/// <param name="loop">The event loop of the run, which waits.</param>
/// <param name="host">The context of the thread.</param>
internal sealed class BlockingRunContext(EventLoop loop, SynchronizationContext host) : SynchronizationContext
{
    private readonly Lock _lock = new();
    private readonly Thread _thread = Thread.CurrentThread;
    private Queue<(SendOrPostCallback Callback, object? State)>? _posted = new();

    /// <summary>The event loop of the run.</summary>
    public EventLoop Loop => loop;

    /// <summary>The context of the thread outside of the run.</summary>
    public SynchronizationContext Host => host;

    /// <summary>Queues a callback for the run; after its end, for the context of the thread.</summary>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (_lock)
        {
            if (_posted is not null)
            {
                _posted.Enqueue((d, state));
                loop.Wake();
                return;
            }
        }

        host.Post(d, state);
    }

    /// <summary>Executes a callback on the thread of the run, and waits for it.</summary>
    public override void Send(SendOrPostCallback d, object? state)
    {
        if (Thread.CurrentThread == _thread)
        {
            d(state);
            return;
        }

        ExceptionDispatchInfo? failure = null;
        using ManualResetEventSlim done = new();
        Post(
            _ =>
            {
                try
                {
                    d(state);
                }
#pragma warning disable CA1031 // rethrown on the thread that sent the callback
                catch (Exception e)
#pragma warning restore CA1031
                {
                    failure = ExceptionDispatchInfo.Capture(e);
                }
                finally
                {
                    done.Set();
                }
            },
            null);
        done.Wait();
        failure?.Throw();
    }

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Executes what was posted so far. Returns false if there was nothing.</summary>
    public bool RunPosted()
    {
        bool isAny = false;
        while (TryTake(out SendOrPostCallback? callback, out object? state))
        {
            isAny = true;
            try
            {
                callback!(state);
            }
#pragma warning disable CA1031 // An async void method of the host failed. Its thread's context decides what becomes of such an error.
            catch (Exception e)
#pragma warning restore CA1031
            {
                ExceptionDispatchInfo failure = ExceptionDispatchInfo.Capture(e);
                host.Post(_ => failure.Throw(), null);
            }
        }

        return isAny;
    }

    /// <summary>Hands what was posted, and is posted from now on, to the context of the thread.</summary>
    public void End()
    {
        Queue<(SendOrPostCallback Callback, object? State)> rest;
        lock (_lock)
        {
            rest = _posted!;
            _posted = null;
        }

        foreach ((SendOrPostCallback callback, object? state) in rest)
        {
            host.Post(callback, state);
        }
    }

    private bool TryTake(out SendOrPostCallback? callback, out object? state)
    {
        lock (_lock)
        {
            bool isAny = _posted!.TryDequeue(out (SendOrPostCallback Callback, object? State) next);
            (callback, state) = next;
            return isAny;
        }
    }
}

/// <summary>
/// Installs a <see cref="BlockingRunContext"/> while a run blocks its thread, if that thread has a synchronization context. A run within it
/// uses the same one.
/// </summary>
internal readonly ref struct BlockingRun
{
    private readonly BlockingRunContext? _context;
    private readonly BlockingRunContext? _outer;

    public BlockingRun(EventLoop loop)
    {
        if (SynchronizationContext.Current is { } host && !(host is BlockingRunContext running && running.Loop == loop))
        {
            _outer = loop.Blocking;
            _context = loop.Blocking = new BlockingRunContext(loop, host);
            SynchronizationContext.SetSynchronizationContext(_context);
        }
    }

    public void Dispose()
    {
        if (_context is { } context)
        {
            SynchronizationContext.SetSynchronizationContext(context.Host);
            context.Loop.Blocking = _outer;
            context.End();
        }
    }
}
