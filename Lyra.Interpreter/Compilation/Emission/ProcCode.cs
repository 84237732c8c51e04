using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// The code of one proc between emission and its final form, in which the bytecode passes change it: jumps have absolute targets beside the
/// instructions, so that moving code needs no re-encoding. Passes turn what they remove into <see cref="Opcode.Nop"/>;
/// <see cref="Compact"/> drops it.
/// </summary>
internal sealed class ProcCode
{
    public const int NoTarget = -1;

    public List<Instruction> Code { get; } = [];

    public List<int> Positions { get; } = [];

    /// <summary>Where each instruction jumps to; <see cref="NoTarget"/> for those that don't.</summary>
    public List<int> Targets { get; } = [];

    public List<HandlerInfo> Handlers { get; } = [];

    public List<LoopInfo> Loops { get; } = [];

    public List<SwitchTable> Switches { get; } = [];

    public int EntryCost { get; set; } = 1;

    /// <summary>How many of the registers, from 0 on, are parameters.</summary>
    public int ParameterCount { get; init; }

    public int RegisterCount { get; set; }

    /// <summary>The prototypes whose closures the code makes; they name registers of it as captures.</summary>
    public IReadOnlyList<Prototype> Children { get; init; } = [];

    /// <summary>Takes the instruction out; jumps to it go to the next one that stays.</summary>
    public void Remove(int pc)
    {
        Code[pc] = default;
        Targets[pc] = NoTarget;
    }

    /// <summary>
    /// Puts instructions before others, in whose place jumps come to them; they get the position of the one they stand before. They may not
    /// jump.
    /// </summary>
    /// <param name="additions">By the position of the instruction that they go before.</param>
    public void Insert(SortedDictionary<int, List<Instruction>> additions)
    {
        if (additions.Count == 0) return;

        Instruction[] code = [.. Code];
        int[] positions = [.. Positions];
        int[] targets = [.. Targets];
        int[] moved = new int[code.Length + 1];
        Code.Clear();
        Positions.Clear();
        Targets.Clear();
        for (int pc = 0; pc < code.Length; pc++)
        {
            moved[pc] = Code.Count;
            if (additions.TryGetValue(pc, out List<Instruction>? before)) Append(before, positions[pc]);
            Code.Add(code[pc]);
            Positions.Add(positions[pc]);
            Targets.Add(targets[pc]);
        }

        moved[code.Length] = Code.Count;
        Relocate(moved);
    }

    private void Append(List<Instruction> instructions, int position)
    {
        foreach (Instruction instruction in instructions)
        {
            Code.Add(instruction);
            Positions.Add(position);
            Targets.Add(NoTarget);
        }
    }

    /// <summary>Drops the removed instructions.</summary>
    public void Compact()
    {
        int[] moved = new int[Code.Count + 1];
        int kept = 0;
        for (int pc = 0; pc < Code.Count; pc++)
        {
            moved[pc] = kept;
            if (Code[pc].Op == Opcode.Nop) continue;
            Code[kept] = Code[pc];
            Positions[kept] = Positions[pc];
            Targets[kept] = Targets[pc];
            kept++;
        }

        moved[Code.Count] = kept;
        if (kept == Code.Count) return;
        Code.RemoveRange(kept, Code.Count - kept);
        Positions.RemoveRange(kept, Positions.Count - kept);
        Targets.RemoveRange(kept, Targets.Count - kept);
        Relocate(moved);
    }

    /// <summary>Changes every position that something refers to; <paramref name="moved"/> gives the new one of each old one.</summary>
    public void Relocate(int[] moved)
    {
        for (int pc = 0; pc < Targets.Count; pc++)
        {
            if (Targets[pc] != NoTarget) Targets[pc] = moved[Targets[pc]];
        }

        for (int i = 0; i < Handlers.Count; i++)
        {
            HandlerInfo handler = Handlers[i];
            Handlers[i] = handler with { Start = moved[handler.Start], End = moved[handler.End], HandlerPc = moved[handler.HandlerPc] };
        }

        Handlers.RemoveAll(static h => h.Start >= h.End);
        for (int i = 0; i < Loops.Count; i++) Loops[i] = Loops[i] with { BodyPc = moved[Loops[i].BodyPc] };
        for (int i = 0; i < Switches.Count; i++) Switches[i] = Relocate(Switches[i], moved);
    }

    private static SwitchTable Relocate(SwitchTable table, int[] moved)
    {
        KeyValuePair<Lyra.Runtime.Values.Value, int>[] cases = new KeyValuePair<Lyra.Runtime.Values.Value, int>[table.Cases.Length];
        for (int i = 0; i < cases.Length; i++) cases[i] = new(table.Cases[i].Key, moved[table.Cases[i].Value]);
        return new SwitchTable(cases, moved[table.DefaultPc]);
    }
}
