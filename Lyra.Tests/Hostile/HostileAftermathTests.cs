using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Programs;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Hostile;

/// <summary>
/// However a hostile program ends, its engine holds nothing of the run afterwards, and runs and compiles scripts as before. The programs
/// are those of <see cref="HostileCorpus"/>, with limits that end them soon.
/// </summary>
[Trait(Sweep.Category, Sweep.Name)]
public sealed class HostileAftermathTests
{
    /// <summary>The time limit ends only what waits, such as a sleep: the others reach another limit.</summary>
    private static readonly LyraLimits Limits = new()
    {
        MaxSteps = 300_000,
        MaxMemoryBytes = 20_000_000,
        MaxFrames = 2_000,
        Timeout = TimeSpan.FromSeconds(2),
    };

    private static readonly Dictionary<string, HostileProgram> Programs = HostileCorpus.All().ToDictionary(program => program.Name);

    public static TheoryData<string, JitMode> Rows
    {
        get
        {
            TheoryData<string, JitMode> rows = [];
            foreach (string name in Programs.Keys)
            {
                rows.Add(name, JitMode.Off);
                rows.Add(name, JitMode.On);
            }

            return rows;
        }
    }

    [Theory]
    [SweepData(nameof(Rows))]
    public void The_engine_is_as_before(string name, JitMode jit)
    {
        using ProbeEngine probe = new(jit, Limits);
        for (int run = 0; run < 2; run++)
        {
            RunToEnd(probe, Encoding.UTF8.GetString(Programs[name].Bytes()));

            Engine interpreter = SingleRuns.InterpreterOf(probe.Engine);
            interpreter.InRegion.ShouldBeFalse();
            interpreter.ProtectedCount.ShouldBe(0);
            interpreter.Memory.Held.ShouldBe(0);
            interpreter.Tiering.IsAbandoned.ShouldBeFalse("Lyra has failed itself");
        }

        // The globals of the program may fill the memory.
        probe.Engine.Reset();
        probe.ShouldBeUsable();
    }

    private static void RunToEnd(ProbeEngine probe, string source)
    {
        try
        {
            probe.Run(source);
        }
        catch (LyraException)
        {
            // The errors and limits are the subject of HostileTests.
        }
        catch (LyraCompileException)
        {
            // Some use procs that only the command defines.
        }
    }
}
