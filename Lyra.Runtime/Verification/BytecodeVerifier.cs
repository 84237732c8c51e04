using System.Collections.Generic;
using Lyra.Runtime.Bytecode;

namespace Lyra.Runtime.Verification;

/// <summary>
/// Proves the invariants that the interpreter's loop relies on: it accesses registers, tables and captured variables unchecked. Every
/// stored module is verified before it runs, and tests verify the compiler's output. The invariants:
/// <para>Module</para>
/// <list type="number">
/// <item>The main prototype is the only one of kind Module, and has neither parameters nor captures. The prototypes form a tree.</item>
/// <item>Main begins with a prologue of NewClosure, NewStructType, SetModule and Nop. It assigns each variable of kind Proc its closure and
/// each variable of kind Struct its struct type, exactly once. Nothing jumps into the prologue, no handler guards it, and no other
/// instruction writes those variables. CallProc, NewStruct and MakeStruct therefore need not check their variable.</item>
/// <item>A variable of kind Let, Const or Import is written by at most one instruction, in main, and that instruction is not on a cycle
/// (<see cref="SingleWrites"/>). Compiled code may therefore cache its value.</item>
/// </list>
/// <para>Tables of a prototype</para>
/// <list type="number">
/// <item>Sizes and counts are within the bounds of <see cref="VerifierLimits"/>; there is a position for each instruction.</item>
/// <item>Constants are nil, bool, int (canonical), float, str or tuples of these. Slot types have the arguments that their kind takes;
/// names of struct types refer to module variables. Switch keys are distinct canonical literals (<c>SwitchKeys</c>).</item>
/// <item>Structs: the constructor is a child of kind Constructor with one parameter per field and, like the methods, has no
/// captures.</item>
/// <item>Captures name a register of the parent, or a capture of it. Costs of loops and of entry are at least 1.</item>
/// <item>Handlers: ranges lie inside the code and are properly nested, inner before outer; the entries of catch and finally lie after
/// their range; registers lie inside the frame.</item>
/// </list>
/// <para>Instructions</para>
/// <list type="number">
/// <item>Opcodes are defined, unused operands are 0; registers and windows lie inside the frame; every index lies inside its table, and a
/// constant is of the kind that the opcode expects; jumps lead inside the code; the last instruction has no successor.</item>
/// <item>CallProc, NewStruct and MakeStruct name a variable of kind Proc or Struct, with as many arguments as its declaration has.
/// Descriptors of calls match the number of arguments.</item>
/// <item>Yield occurs in generators, Await in async procs and modules, Import in modules, MakeStruct in constructors.</item>
/// <item>Every cycle, including cycles through handlers, contains an instruction that charges the budget.</item>
/// </list>
/// <para>Data flow (<see cref="RegisterFlow"/>), on every path, including paths into handlers</para>
/// <list type="number">
/// <item>An instruction reads only registers that this call has written, so values that earlier frames left on the stack are never
/// visible.</item>
/// <item>A register that is read as an upvalue holds one that this frame made, and is read as nothing else. A capture is used either as an
/// upvalue or as a value, never as both, and its parent passes the kind that it is used as.</item>
/// <item>The unset marker is only tested, copied, and passed to a parameter that has a default or to an optional parameter of a
/// builtin.</item>
/// <item>The hidden registers of a loop hold what the loop's first instruction stored there, and only the loop's instructions read
/// them.</item>
/// <item>MakeStruct reads only values that a CheckSlot of the field's annotation has checked (<see cref="CheckedFields"/>).</item>
/// </list>
/// <para>
/// The interpreter checks at run time: that builtins and imports exist, the argument counts of calls other than those of declared procs,
/// and that a thrown value is an error or a str.
/// </para>
/// </summary>
internal static class BytecodeVerifier
{
    /// <summary>The first fault of a module, as a sentence with its place; null if the module is valid.</summary>
    /// <param name="module">The module.</param>
    /// <param name="meter">Counts the work; null if it has no limits.</param>
    public static string? Verify(CompiledModule module, WorkMeter? meter = null)
    {
        List<string> faults = Faults(module, most: 1, meter);
        return faults.Count == 0 ? null : faults[0];
    }

    /// <summary>The faults of a module. The data flow is checked only if the structure has no fault.</summary>
    public static List<string> Faults(CompiledModule module, int most = 20, WorkMeter? meter = null)
    {
        FaultList faults = new(most, meter ?? new WorkMeter());
        if (!TreeVerifier.TryCollect(module, faults, out List<Prototype> prototypes))
        {
            return faults.Sentences;
        }

        ModuleProcs procs = ModuleProcs.Read(module, faults);
        TableVerifier.VerifyAliases(module, faults);
        TableVerifier.VerifyEnums(module, faults);
        TableVerifier.VerifyHostTypes(module, faults);
        for (int i = 0; i < prototypes.Count && !faults.IsFull; i++)
        {
            faults.Enter(i, prototypes[i]);
            faults.Meter.Step(prototypes[i].Code.Length);
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
            CheckedFields.Verify(prototypes[i], procs, faults);
        }

        return faults.Sentences;
    }
}
