using System.Collections.Generic;

namespace Lyra.Runtime.Bytecode;

/// <summary>
/// Proves the invariants that the interpreter's loop relies on: it accesses registers, tables and captured variables unchecked. Every
/// stored module is verified before it runs, and tests verify the compiler's output. The invariants:
/// <para>Module</para>
/// <list type="number">
/// <item>The main prototype is the only one of kind Module, and has neither parameters nor captures. The prototypes form a tree.</item>
/// <item>Main begins with a prologue of NewClosure, NewStructType, SetModule and Nop that gives every variable of kind Proc its closure and
/// every one of kind Struct its struct type, each once. Nothing jumps into the prologue, no handler guards it, and no other instruction
/// writes those variables. CallProc, NewStruct and MakeStruct therefore need not check their variable.</item>
/// <item>A variable of kind Let, Const or Import is written by one instruction at most, in main, and nothing leads back over it
/// (<see cref="SingleWrites"/>). Compiled code may therefore cache its value.</item>
/// </list>
/// <para>Tables of a prototype</para>
/// <list type="number">
/// <item>Sizes and counts are within the bounds of <see cref="VerifierLimits"/>; there is a position for each instruction.</item>
/// <item>Constants are nil, bool, int (canonical), float, str or tuples of such. Slot types have the arguments that their kind takes; names
/// of struct types refer to module variables. Switch keys are ints and strs, each once.</item>
/// <item>Structs: the constructor is a child of kind Constructor with one parameter per field and, like the methods, has no
/// captures.</item>
/// <item>Captures name a register of the parent, or a capture of it. Costs of loops and of entry are at least 1.</item>
/// <item>Handlers: ranges inside the code, properly nested, inner before outer; catch and finally are entered behind their range; registers
/// inside the frame.</item>
/// </list>
/// <para>Instructions</para>
/// <list type="number">
/// <item>Opcodes are defined, unused operands 0; registers and windows inside the frame; every index inside its table, a constant of the
/// kind that the opcode expects; jumps inside the code; the last instruction has no successor.</item>
/// <item>CallProc, NewStruct and MakeStruct name a variable of kind Proc or Struct, with as many arguments as its declaration has.
/// Descriptors of calls fit the number of arguments.</item>
/// <item>Yield stands in generators, Await in async procs and modules, Import in modules, MakeStruct in constructors.</item>
/// <item>Every cycle, those through handlers included, passes an instruction that charges the budget.</item>
/// </list>
/// <para>Data flow (<see cref="RegisterFlow"/>), on every path, the paths into handlers included</para>
/// <list type="number">
/// <item>No register is read that was not written in this call: what earlier frames left on the stack never shows.</item>
/// <item>A register read as a variable's box holds one that this frame made, and is read as nothing else. A capture is used as a box or as
/// a value, nowhere as both, and gets from its parent what it is used as.</item>
/// <item>The unset marker is only tested, copied and passed on where a parameter has a default, or one of a builtin is optional.</item>
/// <item>The hidden registers of loops hold what the loop's first instruction put there, and nothing but the loop's instructions reads
/// them.</item>
/// </list>
/// <para>
/// The interpreter checks at run time: whether builtins and imports exist, argument counts of everything but declared procs, that a thrown
/// value is an error or a str, the annotations of struct fields in MakeStruct.
/// </para>
/// </summary>
internal static class BytecodeVerifier
{
    /// <summary>The first fault of a module, as a sentence with its place; null when it may run.</summary>
    public static string? Verify(CompiledModule module)
    {
        List<string> faults = Faults(module, most: 1);
        return faults.Count == 0 ? null : faults[0];
    }

    /// <summary>The faults of a module. The data flow is only looked at in a module whose structure has none.</summary>
    public static List<string> Faults(CompiledModule module, int most = 20)
    {
        FaultList faults = new(most);
        if (!TreeVerifier.TryCollect(module, faults, out List<Prototype> prototypes))
        {
            return faults.Sentences;
        }

        ModuleProcs procs = ModuleProcs.Read(module, faults);
        for (int i = 0; i < prototypes.Count && !faults.IsFull; i++)
        {
            faults.Enter(i, prototypes[i]);
            TableVerifier.Verify(prototypes[i], module, faults);
            if (faults.Sentences.Count == 0)
            {
                new CodeVerifier(prototypes[i], module, procs, faults).Verify();
            }
        }

        if (faults.Sentences.Count > 0)
        {
            return faults.Sentences;
        }

        SingleWrites.Verify(module, prototypes, faults);
        CaptureKinds captures = CaptureKinds.Infer(prototypes, faults);
        for (int i = 0; i < prototypes.Count && !faults.IsFull; i++)
        {
            faults.Enter(i, prototypes[i]);
            new RegisterFlow(prototypes[i], module, procs, captures, faults).Verify();
        }

        return faults.Sentences;
    }
}
