using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Bench.Suite.Baseline;
using Lyra.Interpreter.Compilation.Options;
using Lyra.Interpreter.Diagnostics;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;

namespace Lyra.Bench.Suite.Counting;

/// <summary>Counts the instructions and registers of a program's code, without running it.</summary>
internal static class CodeCounter
{
    public static void Count(BenchProgram program, SortedDictionary<string, long> counts)
    {
        string source = BenchProgram.Declarations(program.Name);
        Prototype[] procs = [.. Procs(LyraScript.Compile(source, program.Name).Module.Main)];
        counts[Counters.Bytecode] = procs.Sum(proc => proc.Code.Length);
        counts[Counters.Registers] = procs.Sum(proc => proc.RegisterCount);
        counts[Counters.UsedRegisters] = procs.Sum(UsedRegisters);
        counts[Counters.StackCode] = StackInstructions(source, program.Name);
    }

    /// <summary>All instructions of a prototype and its children.</summary>
    public static long Instructions(Prototype main) => Procs(main).Sum(proc => proc.Code.Length);

    private static IEnumerable<Prototype> Procs(Prototype root) => [root, .. root.Children.SelectMany(Procs)];

    private static long UsedRegisters(Prototype proc)
    {
        HashSet<int> used = [.. Enumerable.Range(0, proc.Parameters.Length)];
        Span<RegisterSpan> reads = stackalloc RegisterSpan[RegisterUse.MaxSpans];
        foreach (Instruction instruction in proc.Code)
        {
            int count = RegisterUse.Reads(instruction, reads);
            foreach (RegisterSpan span in (RegisterSpan[])
                [.. reads[..count], RegisterUse.Writes(instruction), RegisterUse.LoopVariables(instruction)])
            {
                used.UnionWith(Enumerable.Range(span.First, span.Count));
            }
        }

        return used.Count;
    }

    private static long StackInstructions(string source, string name)
    {
        StackMachine machine = new(new HostServices());
        StackModule module = StackCompiler.Compile(machine, new SourceText(source, name), LibraryNames.Instance);
        HashSet<StackProc> procs = [];
        Add(module.Main.Proc, procs);
        foreach (StackClosure closure in module.Instance.Slots.Select(slot => slot.Ref).OfType<StackClosure>())
        {
            Add(closure.Proc, procs);
        }

        foreach (StackStruct type in machine.Structs)
        {
            foreach (StackClosure closure in (StackClosure[])[type.Constructor!, .. type.Methods.Values, .. type.Statics.Values])
            {
                Add(closure.Proc, procs);
            }
        }

        return procs.Sum(proc => proc.Code.Length);
    }

    private static void Add(StackProc proc, HashSet<StackProc> procs)
    {
        if (procs.Add(proc))
        {
            foreach (StackProc inner in proc.Procs)
            {
                Add(inner, procs);
            }
        }
    }
}
