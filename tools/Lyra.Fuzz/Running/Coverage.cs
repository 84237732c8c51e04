using System;
using System.Collections.Generic;
using Lyra.Jit.Emission;
using Lyra.Jit.Ir;
using Lyra.Jit.Passes.Folds;
using Lyra.Jit.Profiles;
using Lyra.Jit.Regions;
using Lyra.Jit.Tiering;
using Lyra.Runtime.Bytecode;

namespace Lyra.Fuzz.Running;

/// <summary>Counts the instructions and operations in compiled code. One that never occurs is untested.</summary>
internal sealed class Coverage : ICompileListener
{
    private static readonly CompileChecks Checks = new();

    private readonly List<(RegionGuard Guard, Opcode Opcode, IrOp? Operation)> _guards = [];
    private readonly List<Opcode> _opcodes = [];

    private IrGraph? _last;

    /// <summary>Whether it also verifies all stages.</summary>
    public bool Verifies { get; set; }

    /// <summary>The listener to notify of each stage after the checks; null for none.</summary>
    public ICompileListener? Next { get; init; }

    /// <summary>The features of compiled code.</summary>
    public FeatureMap Features { get; } = new();

    /// <summary>The features that were new since the last call of <see cref="TakeNew"/>.</summary>
    private int _new;

    /// <summary>By opcode: the prototypes of compiled programs that contain it.</summary>
    public long[] InPrograms { get; } = new long[OpcodeInfo.Count];

    /// <summary>By opcode: the instructions that a recording for a region observed, counted at each compilation.</summary>
    public long[] Recorded { get; } = new long[OpcodeInfo.Count];

    /// <summary>By opcode: the recorded instructions that the interpreter executes for the region.</summary>
    public long[] Interpreted { get; } = new long[OpcodeInfo.Count];

    /// <summary>By operation: the number of emitted operations.</summary>
    public long[] Operations { get; } = new long[Enum.GetValues<IrOp>().Length];

    /// <summary>By line of the rules of folding: how often it was applied.</summary>
    public long[] Folds { get; } = new long[FoldRules.LineNames.Length];

    public void OnGraph(RegionProfile profile, int version, string stage, IrGraph graph)
    {
        if (Verifies)
        {
            Checks.OnGraph(profile, version, stage, graph);
        }

        Next?.OnGraph(profile, version, stage, graph);
        graph.FoldCounts = Folds;
        _last = graph;
    }

    public void OnCode(RegionProfile profile, int version, EmittedRegion emitted)
    {
        if (Verifies)
        {
            Checks.OnCode(profile, version, emitted);
        }

        Next?.OnCode(profile, version, emitted);
        _opcodes.Clear();
        CountRecorded(profile.Root);
        foreach (IrBlock block in _last!.Blocks)
        {
            if (block.GuardId >= 0)
            {
                AddGuard(emitted, block.GuardId, block.Exit!, null);
            }

            foreach (IrNode node in block.Nodes)
            {
                Operations[(int)node.Op]++;
                foreach (Opcode opcode in _opcodes)
                {
                    Add(FeatureKind.InRegion, opcode, node.Op);
                }

                if (node.GuardId >= 0)
                {
                    AddGuard(emitted, node.GuardId, node.Exit!, node.Op);
                }

                if (node.Op == IrOp.CallInterpreter)
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

    /// <summary>Adds the exits of the regions that a run has compiled, and forgets the regions. Must be called after the run.</summary>
    public void EndRun()
    {
        foreach ((RegionGuard guard, Opcode opcode, IrOp? operation) in _guards)
        {
            if (guard.Exits > 0)
            {
                Add(FeatureKind.Exit, opcode, operation);
            }
        }

        _guards.Clear();
        _last = null;
    }

    /// <summary>Returns the number of features that were new since the last call.</summary>
    public int TakeNew()
    {
        int count = _new;
        _new = 0;
        return count;
    }

    /// <summary>The counts as arrays, for sending them to another process.</summary>
    public long[][] ToArrays() => [InPrograms, Recorded, Interpreted, Operations, Folds, Features.Bits];

    /// <summary>Adds the result of <see cref="ToArrays"/> in another process.</summary>
    public void Add(long[][] others)
    {
        long[][] own = ToArrays();
        for (int i = 0; i < own.Length - 1; i++)
        {
            Sum(own[i], others[i]);
        }

        for (int i = 0; i < Features.Bits.Length; i++)
        {
            Features.Bits[i] |= others[^1][i];
        }
    }

    private void Add(FeatureKind kind, Opcode opcode, IrOp? operation) => _new += Features.Add(kind, opcode, operation) ? 1 : 0;

    private void AddGuard(EmittedRegion emitted, int guard, Snapshot exit, IrOp? operation)
    {
        Opcode opcode = exit.Innermost.Code.Prototype.Code[exit.Innermost.Pc].Op;
        Add(FeatureKind.Guard, opcode, operation);
        _guards.Add((emitted.Guards[guard], opcode, operation));
    }

    private void CountRecorded(CallContext context)
    {
        Instruction[] code = context.Code.Prototype.Code;
        for (int pc = 0; pc < code.Length; pc++)
        {
            if (context.ProfileAt(pc) is not null)
            {
                Recorded[(int)code[pc].Op]++;
                if (!_opcodes.Contains(code[pc].Op))
                {
                    _opcodes.Add(code[pc].Op);
                }
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
