using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Lyra.Fuzz.Oracles;
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

    /// <summary>Bytes that a call may allocate besides those that the memory limit allows: code of the compiler, most of all.</summary>
    private const long Slack = 16 << 20;

    /// <summary>The bytes that a call may allocate for each byte of the memory limit: most are garbage soon.</summary>
    private const int AllocatedPerLimit = 4;

    private readonly HostSettings _settings;
    private readonly CallCosts _costs;
    private readonly long _mostBytes;
    private readonly LyraEngine[] _engines = new LyraEngine[Engines];
    private readonly BoundedWriter _output = new();
    private readonly List<LyraValue>[] _kept = [.. Enumerable.Range(0, Engines).Select(_ => new List<LyraValue>())];
    private readonly TaskCompletionSource<long>?[] _pending = new TaskCompletionSource<long>?[Engines];
    private readonly Task<LyraValue>?[] _runs = new Task<LyraValue>?[Engines];
    private CancellationTokenSource _cancellation = new();

    /// <param name="settings">The limits that not all sessions have.</param>
    /// <param name="costs">Judges what each action costs.</param>
    /// <param name="calls">The API.</param>
    /// <param name="options">Makes the options of the engines, without these limits.</param>
    public HostSession(HostSettings settings, CallCosts costs, HostCalls calls, Func<TextWriter, LyraOptions> options)
    {
        Calls = calls;
        LyraOptions without = options(_output);
        _settings = settings;
        _costs = costs;
        long raised = settings.NearLimit is null ? 1 : HostSettings.MostRaised;
        _mostBytes = Slack + (AllocatedPerLimit * raised * (without.Limits.MaxMemoryBytes ?? 0));
        Options = without with
        {
            Limits = without.Limits with
            {
                MaxSteps = settings.MaxSteps,
                MaxElements = settings.MaxElements,
                MaxValueBytes = settings.MaxValueBytes,
            },
            OnNearLimit = settings.NearLimit,
        };
        Pool = new HostPool(Options, engine => Created.Add(new WeakReference(engine)), Faults.Add);
        for (int i = 0; i < Engines; i++)
        {
            Renew(i);
        }
    }

    /// <summary>The API.</summary>
    public HostCalls Calls { get; }

    /// <summary>The options of the engines.</summary>
    public LyraOptions Options { get; }

    /// <summary>The results of the actions so far.</summary>
    public List<string> Results { get; } = [];

    public List<string> Faults { get; } = [];

    /// <summary>Actions that cost too much. A busy machine may be the reason, so they are finds only if they are repeated.</summary>
    public List<string> Excesses { get; } = [];

    /// <summary>A pool of further engines.</summary>
    public HostPool Pool { get; }

    /// <summary>All engines that the session has had, to check that they are collected.</summary>
    public List<WeakReference> Created { get; } = [];

    /// <summary>Steps in compiled code.</summary>
    public long CompiledSteps { get; private set; }

    public CancellationToken Token => _cancellation.Token;

    public LyraEngine this[int engine] => _engines[engine];

    /// <summary>Performs an action and records its result.</summary>
    /// <param name="name">Describes the action.</param>
    /// <param name="action">Does it.</param>
    /// <param name="isJudged">Whether its costs are judged here; the action judges them itself if not.</param>
    public void Do(string name, Func<string> action, bool isJudged = true)
    {
        string result;
        _costs.Begin();
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

        if (_costs.End(_mostBytes) is { } excess && isJudged)
        {
            Excesses.Add($"{name}\n{excess}");
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
        LyraEngine created = NewEngine(_settings.NearLimit is { } answer ? near => Answer(near, answer) : null);
        new HostDelegates(this, engine).Define(created);
        _engines[engine] = created;
        _kept[engine].Clear();
    }

    /// <summary>A new engine, which the caller disposes.</summary>
    public LyraEngine NewEngine() => NewEngine(_settings.NearLimit);

    private LyraEngine NewEngine(Func<LyraNearLimit, long?>? nearLimit)
    {
        LyraEngine created = Calls.NewEngine(Options with { OnNearLimit = nearLimit });
        created.JitEvents += e =>
        {
            if (e.Kind == LyraJitEventKind.Aborted && e.Detail.StartsWith("CompilerFault", StringComparison.Ordinal))
            {
                Faults.Add(e.Detail);
            }
        };
        Created.Add(new WeakReference(created));
        return created;
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

                CheckSizes(_engines[engine]);
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

    /// <summary>No value of a global is larger than the limits on values allow. The host makes only small ones.</summary>
    private void CheckSizes(LyraEngine engine)
    {
        foreach ((string name, LyraValue value) in engine.Globals)
        {
            long? most = value.Kind switch
            {
                ValueKind.List or ValueKind.Map or ValueKind.Set or ValueKind.Tuple or ValueKind.Bytes => _settings.MaxElements,
                ValueKind.Str => _settings.MaxValueBytes,
                _ => null,
            };
            if (most is not null && engine.Run($"length({name})").As<long>() > most)
            {
                Faults.Add($"{name} has more than {most} elements or code units");
            }
        }
    }

    private long? Answer(LyraNearLimit near, Func<LyraNearLimit, long?> answer)
    {
        Results.Add($"near limit {near.Limit}, {near.Current} from {near.Initial}");
        return answer(near);
    }

    public void Dispose()
    {
        Pool.Dispose();
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
        or OperationCanceledException or NotSupportedException or InvalidCastException or KeyNotFoundException or InvalidDataException;
}
