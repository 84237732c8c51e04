using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Lyra.Jit.Inspection;
using Shouldly;

namespace Lyra.Tests.Harness.Programs;

/// <summary>
/// A script that calls host delegates, run interpreted, with compiled loops, with compiled procs as well, and under stress. The output, the
/// values that the host sees, how the run ends and the steps must agree.
/// </summary>
internal sealed class HostedRun : IDisposable
{
    private readonly StringBuilder _seen = new();
    private readonly CancellationTokenSource _cancellation = new();

    private HostedRun(LyraOptions options) => Engine = new LyraEngine(options);

    public LyraEngine Engine { get; }

    /// <summary>Notes a value that the host sees.</summary>
    public void Note(object? seen) => _seen.Append(seen).Append('\n');

    public void Cancel() => _cancellation.Cancel();

    public void Dispose()
    {
        Engine.Dispose();
        _cancellation.Dispose();
    }

    /// <summary>Runs the script in all modes and compares.</summary>
    /// <param name="source">The script.</param>
    /// <param name="define">Defines the host functions that the script calls.</param>
    /// <param name="limits">The limits of the runs.</param>
    /// <returns>What the script printed, what the host saw, and how the run ended.</returns>
    public static string ShouldAgree(string source, Action<HostedRun> define, LyraLimits? limits = null) =>
        Compare(source, define, limits, _ => { });

    /// <summary>
    /// Like <see cref="ShouldAgree"/>, but also checks that compiled loops call these host functions directly, without interpreter
    /// call-outs.
    /// </summary>
    public static string ShouldCall(string names, string source, Action<HostedRun> define, LyraLimits? limits = null) =>
        Compare(source, define, limits, inspector =>
    {
        List<CompiledVersion> entered = [.. inspector.Places.SelectMany(place => place.Versions).Where(version => version.Entries > 0)];
        foreach (string name in names.Split(' '))
        {
            entered.ShouldContain(version => HostCallIn(version, name), $"{name} is called by compiled code");
        }
    });

    private static string Compare(string source, Action<HostedRun> define, LyraLimits? limits, Action<RegionInspector> check)
    {
        string expected = Run(source, define, limits, JitMode.Off, int.MaxValue, null);
        RegionInspector inspector = new();
        Run(source, define, limits, JitMode.On, int.MaxValue, inspector).ShouldBe(expected, "loops are compiled");
        inspector.Places.SelectMany(place => place.Versions).ShouldContain(version => version.Entries > 0, "compiled code ran");
        check(inspector);
        Run(source, define, limits, JitMode.On, 5, null).ShouldBe(expected, "loops and procs are compiled");
        Run(source, define, limits, JitMode.Stress, 5, null).ShouldBe(expected, "guards fail on purpose");
        return expected;
    }

    private static string Run(string source, Action<HostedRun> define, LyraLimits? limits, JitMode mode, int hotProc,
        RegionInspector? inspector)
    {
        using StringWriter output = new() { NewLine = "\n" };
        using HostedRun run = new(new LyraOptions
        {
            Jit = mode,
            HotLoopThreshold = 5,
            HotProcThreshold = hotProc,
            HotExitThreshold = 2,
            CompilesInBackground = false,
            Limits = limits ?? new LyraLimits(),
            Output = output,
        });
        if (inspector is not null)
        {
            run.Engine.Compiler.Inspect(inspector);
        }

        define(run);
        string end = run.Run(source);
        return $"{output}{run._seen}{end}\n{run.Engine.Statistics.Jit.Steps} steps";
    }

    private static bool HostCallIn(CompiledVersion version, string name) =>
        Array.Exists<string>(
            ["CallHost", "LoadHost", "StoreHost"], op => TextOf(version).Contains($"{op} @{name}", StringComparison.Ordinal));

    internal static string TextOf(CompiledVersion version) => version.Stages.Last(stage => stage.Text is not null).Text!;

    private string Run(string source)
    {
        try
        {
            return Engine.Run(source, "hosted.lyra", _cancellation.Token).ToString();
        }
        catch (LyraCanceledException e)
        {
            return $"{e.GetType().Name}: {e.Message}\n{string.Join('\n', e.ScriptTrace)}";
        }
        catch (LyraException e)
        {
            return $"{e.GetType().Name} {e.Kind}: {e.Message} ({(e as LyraLimitException)?.Limit}, "
                + $"{e.InnerException?.GetType().Name})\n{string.Join('\n', e.ScriptTrace)}";
        }
    }
}
