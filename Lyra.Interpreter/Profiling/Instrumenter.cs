using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Emission;
using Lyra.Interpreter.Compilation.Passes;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Profiling;

namespace Lyra.Interpreter.Profiling;

/// <summary>
/// Makes copies of modules that count what they execute: an <see cref="Opcode.Count"/> in each basic block. Both tiers execute it like any
/// other instruction, so its counts are exact however the compiler inlines, splits or removes code.
/// </summary>
/// <remarks>The copies cost the same steps, because the inserted instructions are inserted after the costs were computed.</remarks>
/// <param name="granularity">The size of the counted blocks.</param>
/// <param name="countsBranches">Whether to count how often control passes each conditional jump, also where other jumps lead behind it.
/// </param>
/// <param name="probe">Measures times and bytes; null if only entries are counted.</param>
internal sealed class Instrumenter(BlockGranularity granularity, bool countsBranches, ProfileProbe? probe)
{
    private readonly List<InstrumentedProc> _procs = [];
    private int _blocks;

    /// <summary>Makes the instrumented copy of a module.</summary>
    public InstrumentedModule Instrument(CompiledModule module)
    {
        _procs.Clear();
        CompiledModule copy = new()
        {
            Source = module.Source,
            Main = Copy(module.Main),
            Variables = module.Variables,
            Externals = module.Externals,
            Aliases = module.Aliases,
            Enums = module.Enums,
            Builtins = module.Builtins,
        };
        return new InstrumentedModule(copy, [.. _procs]);
    }

    private Prototype Copy(Prototype original)
    {
        int place = _procs.Count;
        _procs.Add(null!);
        Prototype[] children = Array.ConvertAll(original.Children, Copy);
        ProcCode code = Decode(original);
        CodeBlock[] blocks = FindBlocks(code, original);
        Insert(code, blocks);
        Instruction[] instructions = CodeEncoder.Encode(code);
        int[] origins = [.. code.Positions];
        Prototype copy = new()
        {
            Name = original.Name,
            Kind = original.Kind,
            Source = original.Source,
            Code = instructions,
            Positions = Array.ConvertAll(origins, pc => original.Positions[pc]),
            Constants = original.Constants,
            Children = children,
            Parameters = original.Parameters,
            Captures = original.Captures,
            RegisterCount = original.RegisterCount,
            Loops = [.. code.Loops],
            Handlers = [.. code.Handlers],
            Sites = original.Sites,
            SlotTypes = original.SlotTypes,
            CallDescriptors = original.CallDescriptors,
            SwitchTables = [.. code.Switches],
            Structs = original.Structs,
            EntryCost = original.EntryCost,
            Counts = new BlockCounts(blocks.Length, instructions.Length) { Probed = Probed(original, blocks) },
        };
        _blocks += blocks.Length;
        _procs[place] = new InstrumentedProc(original, copy, blocks, origins);
        return copy;
    }

    private ProbedCode? Probed(Prototype original, CodeBlock[] blocks)
    {
        if (probe is null)
        {
            return null;
        }

        int[] lines = Array.ConvertAll(original.Positions, static position => SourcePosition.Unpack(position).Line);
        bool[] endsFrame = Array.ConvertAll(blocks, block => block.Start < block.End && EndsFrame(original.Code[block.End - 1].Op));
        return new ProbedCode(probe, _blocks, lines, endsFrame, measuresBytes: granularity == BlockGranularity.Instruction);
    }

    private static bool EndsFrame(Opcode op) => OpcodeInfo.Of(op).Has(OpTraits.Returns) || op == Opcode.Yield;

    /// <summary>The code in the form of the passes. In the place of its source position, each instruction has its own.</summary>
    private static ProcCode Decode(Prototype prototype)
    {
        ProcCode code = new()
        {
            ParameterCount = prototype.Parameters.Length,
            RegisterCount = prototype.RegisterCount,
            Children = prototype.Children,
        };
        for (int pc = 0; pc < prototype.Code.Length; pc++)
        {
            Instruction instruction = prototype.Code[pc];
            code.Code.Add(instruction);
            code.Positions.Add(pc);
            code.Targets.Add(OpcodeInfo.Of(instruction.Op).JumpTarget(instruction, pc));
        }

        code.Handlers.AddRange(prototype.Handlers);
        code.Loops.AddRange(prototype.Loops);
        code.Switches.AddRange(prototype.SwitchTables);
        return code;
    }

    private CodeBlock[] FindBlocks(ProcCode code, Prototype prototype)
    {
        bool[] isEntry = JumpForms.FindEntries(code);
        List<CodeBlock> blocks = [];
        if (isEntry[0])
        {
            // Counts calls, because the first block counts jumps to it, too.
            blocks.Add(new CodeBlock(0, 0, 0));
        }

        int start = 0;
        for (int pc = 1; pc <= code.Code.Count; pc++)
        {
            if (pc < code.Code.Count && !isEntry[pc] && !EndsBlock(prototype, pc - 1))
            {
                continue;
            }

            blocks.Add(new CodeBlock(start, pc, code.Code[start].Op == Opcode.LoopHead ? start + 1 : start));
            if (countsBranches && pc < code.Code.Count && isEntry[pc] && IsConditional(code.Code[pc - 1].Op))
            {
                blocks.Add(new CodeBlock(pc, pc, pc));
            }

            start = pc;
        }

        return [.. blocks];
    }

    private static bool IsConditional(Opcode op) => OpcodeInfo.Of(op) is { Jumps: true, Ends: false };

    private bool EndsBlock(Prototype prototype, int pc)
    {
        Opcode op = prototype.Code[pc].Op;
        OpcodeInfo row = OpcodeInfo.Of(op);

        // The next instruction may not run although this one has, without an error, or may run much later.
        if (row.Jumps || row.Ends || row.Has(OpTraits.Waits) || op == Opcode.Yield)
        {
            return true;
        }

        return granularity switch
        {
            BlockGranularity.Block => false,
            BlockGranularity.Line => row.Has(OpTraits.MayCall) || prototype.PositionAt(pc).Line != prototype.PositionAt(pc + 1).Line,
            BlockGranularity.Instruction => true,
        };
    }

    private void Insert(ProcCode code, CodeBlock[] blocks)
    {
        Dictionary<int, GrowableArray<Instruction>> before = [];
        Dictionary<int, GrowableArray<Instruction>> passed = [];
        for (int block = 0; block < blocks.Length; block++)
        {
            CodeBlock range = blocks[block];
            bool isJumpedOver = range.Start == range.End || range.CountedAt != range.Start;
            bool isPlace = probe is not null && (range.Start < range.End || block == 0);
            Add(isJumpedOver ? passed : before, range.CountedAt, new Instruction(isPlace ? Opcode.Enter : Opcode.Count, 0, block));
        }

        for (int pc = 0; pc < code.Code.Count && probe is not null; pc++)
        {
            // The head of a loop must stay the target of the loop's jumps; its time counts as that of the instruction before it.
            if (code.Code[pc].Op != Opcode.LoopHead)
            {
                Add(before, pc, new Instruction(Opcode.Time, 0, pc));
            }
        }

        code.Insert(before, passed);
    }

    private static void Add(Dictionary<int, GrowableArray<Instruction>> additions, int pc, Instruction instruction)
    {
        if (!additions.TryGetValue(pc, out GrowableArray<Instruction>? at))
        {
            additions.Add(pc, at = new GrowableArray<Instruction>());
        }

        at.Add(instruction);
    }
}
