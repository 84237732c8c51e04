using System;
using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Recording;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;

namespace Lyra.Fuzz.Running;

/// <summary>Which instructions and operations were in the code that programs compiled to: what never is, nothing was learnt about.</summary>
internal sealed class Coverage : ICompileListener
{
    private static readonly CompileChecks Checks = new();

    private IrGraph? _last;

    /// <summary>Whether all stages are verified, too.</summary>
    public bool Verifies { get; set; }

    /// <summary>Is told of each stage as well, behind the checks; null when nobody is.</summary>
    public ICompileListener? Next { get; init; }

    /// <summary>By opcode: prototypes of compiled programs that have it.</summary>
    public long[] InPrograms { get; } = new long[OpcodeInfo.Table.Length];

    /// <summary>By opcode: instructions that a recording for a region has seen, counted at each compilation.</summary>
    public long[] Recorded { get; } = new long[OpcodeInfo.Table.Length];

    /// <summary>By opcode: of these, such as the interpreter executes for the region.</summary>
    public long[] Interpreted { get; } = new long[OpcodeInfo.Table.Length];

    /// <summary>By operation: how many were emitted.</summary>
    public long[] Operations { get; } = new long[Enum.GetValues<IrOp>().Length];

    public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
    {
        if (Verifies)
        {
            Checks.OnGraph(profile, version, stage, graph);
        }

        Next?.OnGraph(profile, version, stage, graph);
        _last = graph;
    }

    public void OnCode(RegionProfile profile, int version, EmittedRegion emitted)
    {
        if (Verifies)
        {
            Checks.OnCode(profile, version, emitted);
        }

        Next?.OnCode(profile, version, emitted);
        CountRecorded(profile.Root);
        foreach (IrBlock block in _last!.Blocks)
        {
            foreach (IrNode node in block.Nodes)
            {
                Operations[(int)node.Op]++;
                if (node.Op == IrOp.Interpret)
                {
                    Interpreted[(int)node.Exit!.Innermost.Code.Prototype.Code[node.Exit.Innermost.Pc].Op]++;
                }
            }
        }

        _last = null;
    }

    public void CountProgram(CompiledModule module)
    {
        foreach (Prototype prototype in module.AllPrototypes())
        {
            foreach (Instruction instruction in prototype.Code)
            {
                InPrograms[(int)instruction.Op]++;
            }
        }
    }

    /// <summary>The counts, to be sent to another process.</summary>
    public long[][] ToArrays() => [InPrograms, Recorded, Interpreted, Operations];

    /// <summary>Adds what <see cref="ToArrays"/> gave there.</summary>
    public void Add(long[][] others)
    {
        long[][] own = ToArrays();
        for (int i = 0; i < own.Length; i++)
        {
            Sum(own[i], others[i]);
        }
    }

    private void CountRecorded(CallContext context)
    {
        Instruction[] code = context.Code.Prototype.Code;
        for (int pc = 0; pc < code.Length; pc++)
        {
            if (context.ProfileAt(pc) is not null)
            {
                Recorded[(int)code[pc].Op]++;
            }
        }

        foreach (CallContext callee in context.Callees)
        {
            CountRecorded(callee);
        }
    }

    private static void Sum(long[] to, long[] from)
    {
        for (int i = 0; i < to.Length; i++)
        {
            to[i] += from[i];
        }
    }
}
