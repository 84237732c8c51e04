using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Fuzz.Running;
using Lyra.Fuzz.Seeds;

namespace Lyra.Fuzz.HostApi;

/// <summary>
/// Some engines, and what a host does with them. It records the result of each action; sessions of one seed must have the same results in
/// both tiers. An exception that is not documented, an InternalError and an engine that can't be used any more are faults.
/// </summary>
internal sealed class HostSession : IDisposable
{
    public const int Engines = 2;

    private const int MaxKept = 50;

    private const string InUse = "The engine is in use";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Func<TextWriter, LyraOptions> _options;
    private readonly LyraEngine[] _engines = new LyraEngine[Engines];
    private readonly BoundedWriter _output = new();
    private readonly List<LyraValue>[] _kept = [.. Enumerable.Range(0, Engines).Select(_ => new List<LyraValue>())];
    private readonly TaskCompletionSource<long>?[] _pending = new TaskCompletionSource<long>?[Engines];
    private readonly Task<LyraValue>?[] _runs = new Task<LyraValue>?[Engines];
    private CancellationTokenSource _cancellation = new();

    /// <param name="options">Makes the options of an engine.</param>
    public HostSession(Func<TextWriter, LyraOptions> options)
    {
        _options = options;
        for (int i = 0; i < Engines; i++)
        {
            Renew(i);
        }
    }

    /// <summary>The results of the actions so far.</summary>
    public List<string> Results { get; } = [];

    public List<string> Faults { get; } = [];

    /// <summary>All engines that the session has had, to check that they are collected.</summary>
    public List<WeakReference> Created { get; } = [];

    /// <summary>Steps in compiled code.</summary>
    public long CompiledSteps { get; private set; }

    public CancellationToken Token => _cancellation.Token;

    public LyraEngine this[int engine] => _engines[engine];

    /// <summary>Performs an action and records its result.</summary>
    public void Do(string name, Func<string> action)
    {
        string result;
        try
        {
            result = action();
        }
        catch (LyraException e) when (e.Kind != "InternalError")
        {
            result = $"{e.GetType().Name} {e.Kind} {e.Message} at {e.Line}:{e.Column} {(e as LyraLimitException)?.Limit}";
        }
        catch (LyraCanceledException e)
        {
            result = $"{e.GetType().Name} {e.Message} at {e.Line}:{e.Column}";
        }
        catch (InvalidOperationException e) when (IsInUse(e))
        {
            result = InUse;
        }
        catch (Exception e) when (IsDocumented(e))
        {
            result = $"{e.GetType().Name} {e.Message}";
        }
        catch (Exception e)
        {
            // The API throws only what is documented, so everything else is a find.
            Faults.Add($"{name}\n{e}");
            result = e.GetType().Name;
        }

        Results.Add($"{name}\n    = {result}");
        if (_cancellation.IsCancellationRequested)
        {
            _cancellation.Dispose();
            _cancellation = new CancellationTokenSource();
        }
    }

    /// <summary>Starts a run that waits for <see cref="Complete"/> if its script awaits <c>hostPending</c>, and ends here if not.</summary>
    public string Begin(int engine, string source)
    {
        TaskCompletionSource<long> pending = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _pending[engine] ??= pending;
        try
        {
            Task<LyraValue> run = _engines[engine].RunAsync(source);
            if (!AwaitsHost(source))
            {
                // A failure on a thread of the pool would otherwise be the result of this or of the next action, whichever comes first.
                Task.WaitAny([run], Patience);
            }

            if (!run.IsFaulted)
            {
                _runs[engine] ??= run;
            }

            return run.IsFaulted ? run.GetAwaiter().GetResult().ToString() : "started";
        }
        finally
        {
            if (_runs[engine] is null)
            {
                _pending[engine] = null;
            }
        }
    }

    /// <summary>Whether a run of a script lasts until <see cref="Complete"/>.</summary>
    public static bool AwaitsHost(string source) => source.Contains("hostPending", StringComparison.Ordinal);

    /// <summary>Completes the run that <see cref="Begin"/> has started.</summary>
    public string Complete(int engine)
    {
        if (_runs[engine] is not { } run)
        {
            return "none";
        }

        _pending[engine]?.TrySetResult(7);
        _pending[engine] = null;
        _runs[engine] = null;
        if (!Task.WaitAny([run], Patience).Equals(0))
        {
            Faults.Add("an asynchronous run did not end");
            return "waits";
        }

        return run.GetAwaiter().GetResult().ToString();
    }

    public Task<long> Pending(int engine) => _pending[engine]?.Task ?? Task.FromResult(5L);

    public void Cancel() => _cancellation.Cancel();

    public string RunIn(int engine, string source)
    {
        try
        {
            return _engines[engine].Run(source).ToString();
        }
        catch (InvalidOperationException e) when (IsInUse(e))
        {
            throw new InvalidOperationException(InUse);
        }
    }

    public void Keep(int engine, LyraValue value)
    {
        if (_kept[engine].Count < MaxKept)
        {
            _kept[engine].Add(value);
        }
    }

    /// <summary>A value that came from the engine.</summary>
    public LyraValue Kept(int engine, int index) => _kept[engine].Count == 0 ? LyraValue.Nil : _kept[engine][index % _kept[engine].Count];

    /// <summary>Replaces an engine.</summary>
    public void Renew(int engine)
    {
        LyraEngine created = new(_options(_output));
        created.JitEvents += e =>
        {
            if (e.Kind == LyraJitEventKind.Aborted && e.Detail.StartsWith("CompilerFault", StringComparison.Ordinal))
            {
                Faults.Add(e.Detail);
            }
        };
        new HostDelegates(this, engine).Define(created);
        _engines[engine] = created;
        _kept[engine].Clear();
        Created.Add(new WeakReference(created));
    }

    /// <summary>Completes the runs, and checks that each engine can still be used unless it is disposed.</summary>
    public void Finish()
    {
        for (int i = 0; i < Engines; i++)
        {
            int engine = i;
            Do($"{engine}: complete", () => Complete(engine));
            try
            {
                CompiledSteps += _engines[engine].Statistics.Jit.CompiledSteps;
                if (_engines[engine].Statistics.Integrity.Violations > 0)
                {
                    Faults.Add("an inline cache was damaged");
                }

                if (_engines[engine].Run("1 + 1").As<int>() != 2)
                {
                    Faults.Add("1 + 1 is not 2 any more");
                }
            }
            catch (ObjectDisposedException)
            {
                // The script or the host has disposed it.
            }
            catch (Exception e)
            {
                // Whatever prevents another run is a find.
                Faults.Add($"the engine can't be used any more\n{e}");
            }
        }

        Results.Add($"output\n{_output}");
    }

    public void Dispose()
    {
        foreach (LyraEngine engine in _engines)
        {
            engine.Dispose();
        }

        _output.Dispose();
        _cancellation.Dispose();
    }

    /// <summary>Whether an engine refused. Which message it has depends on whether a thread of the pool happens to be inside.</summary>
    private static bool IsInUse(InvalidOperationException e) => e.Message.StartsWith(InUse, StringComparison.Ordinal);

    private static bool IsDocumented(Exception e) => e is LyraCompileException or ArgumentException or InvalidOperationException
        or NotSupportedException or InvalidCastException or KeyNotFoundException or InvalidDataException;
}
