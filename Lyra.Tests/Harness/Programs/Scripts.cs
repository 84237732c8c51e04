using System;
using System.Collections.Generic;
using System.IO;
using Shouldly;

namespace Lyra.Tests.Harness.Programs;

/// <summary>Runs scripts in their own engine; returns their output and how they ended.</summary>
internal static class Scripts
{
    public static readonly int[] Levels = [0, 1, 2, 3];

    /// <summary>The output of the script. If it ends with an error, a line <c>!! kind: message | trace</c> follows.</summary>
    public static string Run(string source, int level = 2, LyraLimits? limits = null, Action<LyraEngine>? prepare = null,
        JitMode jit = JitMode.On)
    {
        StringWriter output = new() { NewLine = "\n" };
        using LyraEngine engine = Engine(output, level, limits, jit);
        prepare?.Invoke(engine);
        try
        {
            engine.Run(source);
        }
        catch (LyraExitException e)
        {
            output.WriteLine($"!! exit {e.ExitCode}");
        }
        catch (LyraException e)
        {
            output.WriteLine($"!! {e.Kind}: {e.Message} | {string.Join(" <- ", e.ScriptTrace)}");
        }

        return output.ToString();
    }

    /// <summary>An engine with the module <c>lib</c>, which exports <c>v</c>, and the global <c>host_value</c>.</summary>
    public static LyraEngine Engine(
        TextWriter output, int level = 2, LyraLimits? limits = null, JitMode jit = JitMode.On, TimeProvider? limitClock = null)
    {
        LyraEngine engine = new(new LyraOptions
        {
            Jit = jit,
            OptimizationLevel = level,
            Limits = limits ?? new LyraLimits(),
            Output = output,
            LimitClock = limitClock ?? TimeProvider.System,
            ModuleLoader = new DictionaryModuleLoader(new Dictionary<string, string> { ["lib"] = "pub var v = 5" }),
        });
        engine.Globals["host_value"] = 42;
        return engine;
    }

    /// <summary>Runs the script, which must exceed a limit, and then another script in the same engine.</summary>
    public static LyraLimitException ShouldExceedLimit(LyraEngine engine, string source)
    {
        LyraLimitException e = Should.Throw<LyraLimitException>(() => engine.Run(source));
        engine.Run("1 + 1").As<int>().ShouldBe(2);
        return e;
    }
}
