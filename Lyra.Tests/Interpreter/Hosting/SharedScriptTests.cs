using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Lyra.Interpreter.Hosting.TierChecks;
using Lyra.Tests.Harness.Conformance;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Interpreter.Hosting;

/// <summary>
/// Sixteen threads with their own engines run the same compiled scripts in all tiers at once, with background compilation. Each thread gets
/// the same result as a single thread, and the scripts do not change.
/// </summary>
public sealed class SharedScriptTests
{
    private const int Threads = 16;
    private const int Every = 12;

    private static readonly LyraOptions[] Modes =
    [
        new() { HotLoopThreshold = 20, HotProcThreshold = 20, HotExitThreshold = 4, CompilesInBackground = true },
        new() { HotLoopThreshold = 5, HotProcThreshold = 5, HotExitThreshold = 2, CompilesInBackground = true },
        new() { HotLoopThreshold = 20, HotProcThreshold = 20, HotExitThreshold = 4, CompilesInBackground = false },
        new() { Jit = JitMode.Off },
    ];

    /// <summary>
    /// Scripts that become hot or allocate much, and some of every other kind, except those that need files or host input.
    /// </summary>
    private static readonly LyraScript[] Scripts =
    [
        .. ConformanceCase.All()
            .Where(static test => test.Options.Length == 0 && test.ProgramArguments.Length == 0 && test.Input.Length == 0
                && test.ExitCode is 0 or 1)
            .Where(static (test, i) => test.Section == "15-hot" || i % Every == 0)
            .Select(static test => (test.Name, Source: File.ReadAllText(Path.Combine(ConformanceCase.Folder, test.Name + ".lyra"))))
            .Where(static test => !test.Source.Contains("import", StringComparison.Ordinal))
            .Select(static test => LyraScript.Compile(test.Source, test.Name)),
    ];

    [Fact]
    public void Scripts_shared_by_sixteen_threads_do_what_they_do_on_one()
    {
        Scripts.Length.ShouldBeGreaterThan(20);
        byte[][] saved = [.. Scripts.Select(Saved)];
        string[] expected = [.. Scripts.Select(static script => Run(script, new LyraOptions { Jit = JitMode.Off }, out _))];
        long compiled = 0;

        List<string> differences = OnThreads(Threads, thread =>
        {
            // Four threads, each in another mode, run the same quarter of the scripts at the same time.
            for (int index = thread / Modes.Length; index < Scripts.Length; index += Threads / Modes.Length)
            {
                Run(Scripts[index], Modes[thread % Modes.Length], out long regions).ShouldBe(expected[index], Scripts[index].FileName);
                Interlocked.Add(ref compiled, regions);
            }
        });

        differences.ShouldBeEmpty();
        compiled.ShouldBeGreaterThan(Threads);
        Scripts.Select(Saved).ShouldBe(saved);
    }

    [Fact]
    public void Engines_under_stress_share_scripts_too()
    {
        LyraScript[] few = [.. Scripts.Where(static (_, i) => i % 12 == 0)];
        string[] expected = [.. few.Select(static script => Run(script, new LyraOptions { Jit = JitMode.Off }, out _))];

        OnThreads(2, _ => few.Select(static script => Run(script, new LyraOptions { Jit = JitMode.Stress }, out long _)).ShouldBe(expected))
            .ShouldBeEmpty();
    }

    private static string Run(LyraScript script, LyraOptions options, out long regions)
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = new(options with { Output = output, Time = new SteppingClock(), Capabilities = LyraCapabilities.Clock });
        try
        {
            output.Write($"= {engine.Run(script)}");
        }
        catch (LyraException e)
        {
            output.Write($"!! {e.Kind}: {e.Message} | {string.Join(" <- ", e.ScriptTrace)}");
        }

        regions = engine.Statistics.Jit.TracesCompiled;
        return $"{output}\n{engine.Statistics.Jit.Steps} steps";
    }

    private static byte[] Saved(LyraScript script)
    {
        using MemoryStream stream = new();
        script.Save(stream);
        return stream.ToArray();
    }

    private static List<string> OnThreads(int count, Action<int> work)
    {
        List<string> faults = [];
        using Barrier start = new(count);
        Thread[] threads = [.. Enumerable.Range(0, count).Select(i => new Thread(() => Work(i)))];
        Array.ForEach(threads, static thread => thread.Start());
        Array.ForEach(threads, static thread => thread.Join());
        return faults;

        void Work(int thread)
        {
            start.SignalAndWait();
            try
            {
                work(thread);
            }
            catch (Exception e)
            {
                // Catches all exceptions, because an uncaught exception on another thread would end the process.
                lock (faults)
                {
                    faults.Add(e.ToString());
                }
            }
        }
    }
}
