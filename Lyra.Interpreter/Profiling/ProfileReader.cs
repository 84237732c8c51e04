using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Profiling;

/// <summary>
/// Computes a profile from what was measured. Modules with the same file name are one: a host may run the same text many times.
/// </summary>
internal static class ProfileReader
{
    /// <summary>The profile up to now.</summary>
    public static LyraProfile Read(ProfileSession session)
    {
        List<CountedProc> procs = CalledProcs(session);
        Dictionary<int, SampledTime> samples = session.Sampler?.Times() ?? [];
        CallTimes calls = CallTimes.Of(session);
        InstructionTable code = new();
        LineTable lines = new();
        bool isFull = session.Level == ProfileLevel.Full;
        ProcTable table = new(hasBranches: isFull);
        SampledTime sampled = default;
        foreach (CountedProc proc in procs)
        {
            proc.AddSamples(samples);
            sampled += proc.SampledTime;
            code.Add(proc);
            table.Add(proc);
            if (!proc.IsOfLibrary)
            {
                lines.Add(proc);
            }
        }

        return new LyraProfile
        {
            Level = session.Level,
            Elapsed = Ticks.Time(session.RunTime),
            InterpretedTime = Ticks.Time(sampled.Interpreted),
            CompiledTime = Ticks.Time(sampled.Compiled),
            Instructions = code.Executed,
            CompiledInstructions = code.Compiled,
            Files = lines.Files(),
            Lines = lines.Rows(),
            Procs = table.Rows(calls),
            Loops = table.Loops(),
            Branches = table.Branches(),
            Opcodes = code.Opcodes(),
            Memory = isFull ? code.Memory() : null,
            Code = code.Rows(),
            Calls = calls.Calls,
            Samples = calls.Samples,
        };
    }

    private static List<CountedProc> CalledProcs(ProfileSession session)
    {
        List<CountedProc> procs = [];
        foreach (InstrumentedModule module in session.Modules())
        {
            foreach (InstrumentedProc proc in module.Procs)
            {
                CountedProc counted = new(proc);
                if (counted.Calls > 0)
                {
                    procs.Add(counted);
                }
            }
        }

        return procs;
    }
}
