using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using Lyra.Tests.Harness.Programs;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Harness.Conformance;

/// <summary>Runs conformance cases in this process with an executor other than the interpreter's loop.</summary>
internal static class ConformanceCaseRuns
{
    private static readonly string[] Understood = ["--max-steps", "--max-memory", "--max-frames"];

    /// <summary>Whether the result of a case depends only on its source, its input and the limits that a test can set.</summary>
    public static bool IsRepeatable(ConformanceCase test) =>
        test.Options.Where((_, i) => i % 2 == 0).All(Understood.Contains)
        && !File.ReadAllText(FileOf(test)).Contains("import jit", StringComparison.Ordinal);

    /// <summary>Runs a case in both tiers, and with guards failing.</summary>
    public static TierCheckResult CheckTiers(ConformanceCase test, int maxGuards) => TierCheck.Run(
        File.ReadAllText(FileOf(test)), FileOf(test), new TierCheckOptions { MaxGuards = maxGuards, Engine = OptionsOf(test) });

    /// <summary>The number of back-edges that the interpreter takes in a case.</summary>
    public static long BackEdges(ConformanceCase test)
    {
        using LyraEngine engine = new(OptionsOf(test) with { Jit = JitMode.Off, Time = new LeapingTime(), Output = TextWriter.Null });
        RunToEnd(engine, test, TextWriter.Null);
        return engine.Statistics.Interpreter.BackEdges;
    }

    /// <summary>The output of a case, how it ended, and its steps.</summary>
    public static string Run(ConformanceCase test, Func<Engine, Func<bool>?>? step, JitMode jit = JitMode.Off)
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = new(OptionsOf(test) with
        {
            Jit = jit,
            HotLoopThreshold = 20,
            HotExitThreshold = 3,
            Time = new LeapingTime(),
            Output = output,
        });
        Engine interpreter = SingleRuns.InterpreterOf(engine);
        interpreter.SingleStep = step?.Invoke(interpreter);
        RunToEnd(engine, test, output);
        return $"{output}{interpreter.StepsTaken} steps";
    }

    /// <summary>An engine for runs of a case, under the limits of the case unless others are given.</summary>
    public static LyraEngine NewEngine(ConformanceCase test, JitMode jit, TextWriter output, LyraLimits? limits = null)
    {
        LyraOptions options = OptionsOf(test);
        return new LyraEngine(options with
        {
            Limits = limits ?? options.Limits,
            Jit = jit,
            HotLoopThreshold = 20,
            HotExitThreshold = 3,
            CompilesInBackground = false,
            Time = new LeapingTime(),
            Output = output,
        });
    }

    /// <summary>Runs a case. How it ended is added to the output.</summary>
    /// <returns>The limit; null if none ended the run.</returns>
    public static LimitKind? RunToEnd(LyraEngine engine, ConformanceCase test, TextWriter output)
    {
        try
        {
            engine.Run(File.ReadAllText(FileOf(test)), FileOf(test));
        }
        catch (LyraLimitException e)
        {
            output.WriteLine($"!! {e.Kind}: {e.Message} | {string.Join(" <- ", e.ScriptTrace)}");
            return e.Limit;
        }
        catch (LyraExitException e)
        {
            output.WriteLine($"!! exit {e.ExitCode}");
        }
        catch (LyraCompileException e)
        {
            output.WriteLine($"!! {e.Message}");
        }
        catch (LyraException e)
        {
            output.WriteLine($"!! {e.Kind}: {e.Message} | {string.Join(" <- ", e.ScriptTrace)}");
        }

        return null;
    }

    private static LyraOptions OptionsOf(ConformanceCase test)
    {
        string folder = Path.GetDirectoryName(FileOf(test))!;
        return new LyraOptions
        {
            Limits = Limits(test),
            Capabilities = LyraCapabilities.Console | LyraCapabilities.Clock | LyraCapabilities.ReadFiles,
            BaseFolder = folder,
            ReadFolders = [folder],
            Arguments = test.ProgramArguments,
            ModuleLoader = new FileModuleLoader(folder),
            Input = new StringReader(Encoding.UTF8.GetString(test.Input)),
        };
    }

    private static string FileOf(ConformanceCase test) => Path.Combine(ConformanceCase.Folder, test.Name + ".lyra");

    private static LyraLimits Limits(ConformanceCase test) => new()
    {
        MaxSteps = Option(test, "--max-steps"),
        MaxMemoryBytes = Option(test, "--max-memory"),
        MaxFrames = (int)(Option(test, "--max-frames") ?? 10_000),
    };

    private static long? Option(ConformanceCase test, string name)
    {
        int at = Array.IndexOf(test.Options, name);
        return at < 0 ? null : long.Parse(test.Options[at + 1], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// A clock that advances by a fifth of a second at each reading, so that sleeping tasks wake up at the same point of every run.
    /// </summary>
    private sealed class LeapingTime : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 5;

        public override long GetTimestamp() => ++_now;
    }
}
