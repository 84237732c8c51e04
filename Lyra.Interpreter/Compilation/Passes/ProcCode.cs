using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// The code of one proc between emission and encoding; the bytecode passes change it in this form. Jumps have absolute targets, which are
/// stored separately from the instructions, so that code can move without re-encoding. Passes replace instructions that they remove by
/// <see cref="Opcode.Nop"/>; <see cref="Compact"/> deletes those.
/// </summary>
internal sealed class ProcCode
{
    public const int NoTarget = -1;

    /// <summary>One of each instruction while a pass needs it.</summary>
    private bool[]? _marks;

    /// <summary>The new position of each instruction while removed ones are deleted.</summary>
    private int[]? _moved;

    public GrowableArray<Instruction> Code { get; } = new();

    public List<int> Positions { get; } = [];

    /// <summary>The jump target of each instruction; <see cref="NoTarget"/> for those that do not jump.</summary>
    public List<int> Targets { get; } = [];

    public GrowableArray<HandlerInfo> Handlers { get; } = new();

    public GrowableArray<LoopInfo> Loops { get; } = new();

    public GrowableArray<SwitchTable> Switches { get; } = new();

    /// <summary>Positions that a pass has yet to visit; empty between passes.</summary>
    public Stack<int> Pending { get; } = new();

    /// <summary>
    /// Counts the work of the passes that visit an instruction more than once; null for no limits. It is set while they run: a meter
    /// refers to its engine, and the storage is kept for other engines.
    /// </summary>
    public WorkMeter? Meter { get; set; }

    public int EntryCost { get; set; } = 1;

    /// <summary>The number of parameters, which are in the first registers.</summary>
    public int ParameterCount { get; set; }

    public int RegisterCount { get; set; }

    /// <summary>The prototypes whose closures the code makes; their captures refer to registers of this code.</summary>
    public IReadOnlyList<Prototype> Children { get; set; } = [];

    /// <summary>Removes all content; the storage remains.</summary>
    public void Clear()
    {
        Code.Clear();
        Positions.Clear();
        Targets.Clear();
        Handlers.Clear();
        Loops.Clear();
        Switches.Clear();
        Children = [];
    }

    /// <summary>Removes the instruction; jumps to it go to the next remaining one.</summary>
    public void Remove(int pc)
    {
        Code[pc] = default;
        Targets[pc] = NoTarget;
    }

    /// <summary>
    /// Inserts instructions before others. Jumps to the old instruction then go to the first inserted one. Inserted instructions get the
    /// source position of the instruction that they precede, and must not jump.
    /// </summary>
    /// <param name="additions">The new instructions by the position of the instruction that they precede.</param>
    public void Insert(Dictionary<int, GrowableArray<Instruction>> additions) => Insert(additions, []);

    /// <inheritdoc cref="Insert(Dictionary{int, GrowableArray{Instruction}})"/>
    /// <param name="additions">The new instructions by the position of the instruction that they precede.</param>
    /// <param name="passed">New instructions that precede those, but are only reached from the instruction before them.</param>
    public void Insert(Dictionary<int, GrowableArray<Instruction>> additions, Dictionary<int, GrowableArray<Instruction>> passed)
    {
        if (additions.Count + passed.Count == 0)
        {
            return;
        }

        Instruction[] code = [.. Code];
        int[] positions = [.. Positions];
        int[] targets = [.. Targets];
        int[] moved = new int[code.Length + 1];
        Code.Clear();
        Positions.Clear();
        Targets.Clear();
        for (int pc = 0; pc < code.Length; pc++)
        {
            if (passed.TryGetValue(pc, out GrowableArray<Instruction>? between))
            {
                Append(between, positions[pc]);
            }

            moved[pc] = Code.Count;
            if (additions.TryGetValue(pc, out GrowableArray<Instruction>? before))
            {
                Append(before, positions[pc]);
            }

            Code.Add(code[pc]);
            Positions.Add(positions[pc]);
            Targets.Add(targets[pc]);
        }

        moved[code.Length] = Code.Count;
        Relocate(moved);
    }

    private void Append(GrowableArray<Instruction> instructions, int position)
    {
        foreach (Instruction instruction in instructions)
        {
            Code.Add(instruction);
            Positions.Add(position);
            Targets.Add(NoTarget);
        }
    }

    /// <summary>A mark for each instruction, none of them set. The next caller gets the same ones.</summary>
    public Span<bool> TakeMarks()
    {
        if (_marks is null || _marks.Length < Code.Count)
        {
            _marks = new bool[Code.Count];
        }

        Span<bool> marks = _marks.AsSpan(0, Code.Count);
        marks.Clear();
        return marks;
    }

    /// <summary>Deletes the removed instructions.</summary>
    public void Compact()
    {
        if (!Code.Exists(static instruction => instruction.Op == Opcode.Nop))
        {
            return;
        }

        int[] moved = _moved is { } before && before.Length > Code.Count ? before : _moved = new int[Code.Count + 1];
        int kept = 0;
        for (int pc = 0; pc < Code.Count; pc++)
        {
            moved[pc] = kept;
            if (Code[pc].Op == Opcode.Nop)
            {
                continue;
            }

            Code[kept] = Code[pc];
            Positions[kept] = Positions[pc];
            Targets[kept] = Targets[pc];
            kept++;
        }

        moved[Code.Count] = kept;
        Code.Truncate(kept);
        Positions.RemoveRange(kept, Positions.Count - kept);
        Targets.RemoveRange(kept, Targets.Count - kept);
        Relocate(moved);
    }

    /// <summary>Updates every reference to a position; <paramref name="moved"/> maps old positions to new ones.</summary>
    public void Relocate(ReadOnlySpan<int> moved)
    {
        for (int pc = 0; pc < Targets.Count; pc++)
        {
            if (Targets[pc] != NoTarget)
            {
                Targets[pc] = moved[Targets[pc]];
            }
        }

        int kept = 0;
        foreach (HandlerInfo old in Handlers)
        {
            HandlerInfo handler = old with { Start = moved[old.Start], End = moved[old.End], HandlerPc = moved[old.HandlerPc] };
            if (handler.Start < handler.End)
            {
                Handlers[kept++] = handler;
            }
        }

        Handlers.Truncate(kept);
        for (int i = 0; i < Loops.Count; i++)
        {
            Loops[i] = Loops[i] with { BodyPc = moved[Loops[i].BodyPc] };
        }

        for (int i = 0; i < Switches.Count; i++)
        {
            Switches[i] = Relocate(Switches[i], moved);
        }
    }

    private static SwitchTable Relocate(SwitchTable table, ReadOnlySpan<int> moved)
    {
        KeyValuePair<Lyra.Runtime.Values.Value, int>[] cases = new KeyValuePair<Lyra.Runtime.Values.Value, int>[table.Cases.Length];
        for (int i = 0; i < cases.Length; i++)
        {
            cases[i] = new(table.Cases[i].Key, moved[table.Cases[i].Value]);
        }

        return new SwitchTable(cases, moved[table.DefaultPc]);
    }
}
