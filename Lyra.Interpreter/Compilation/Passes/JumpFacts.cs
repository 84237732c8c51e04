using Lyra.Interpreter.Compilation.Emission;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Compilation.Passes;

/// <summary>
/// What the passes ask about control flow. Ranges of the opcode table, not <see cref="OpcodeInfo"/>, whose reflection would cost every start of a
/// script some milliseconds; JumpFactsTests holds the two together.
/// </summary>
internal static class JumpFacts
{
    /// <summary>Whether the next instruction is never reached from this one.</summary>
    public static bool Ends(Opcode op) => op
        is Opcode.Jump or Opcode.Switch or Opcode.Return or Opcode.ReturnNil or Opcode.Throw or Opcode.NoMatch;

    /// <summary>The conditional jump that jumps exactly when this one does not; <see cref="Opcode.Nop"/> for other instructions.</summary>
    public static Opcode Negation(Opcode op) => op switch
    {
        Opcode.JumpIf => Opcode.JumpIfNot,
        Opcode.JumpIfNot => Opcode.JumpIf,
        Opcode.JumpIfNil => Opcode.JumpIfNotNil,
        Opcode.JumpIfNotNil => Opcode.JumpIfNil,
        Opcode.JumpEq => Opcode.JumpNe,
        Opcode.JumpNe => Opcode.JumpEq,
        Opcode.JumpLt => Opcode.JumpNotLt,
        Opcode.JumpLe => Opcode.JumpNotLe,
        Opcode.JumpNotLt => Opcode.JumpLt,
        Opcode.JumpNotLe => Opcode.JumpLe,
        Opcode.JumpEqInt => Opcode.JumpNeInt,
        Opcode.JumpNeInt => Opcode.JumpEqInt,
        Opcode.JumpLtInt => Opcode.JumpNotLtInt,
        Opcode.JumpLeInt => Opcode.JumpNotLeInt,
        Opcode.JumpGtInt => Opcode.JumpNotGtInt,
        Opcode.JumpGeInt => Opcode.JumpNotGeInt,
        Opcode.JumpNotLtInt => Opcode.JumpLtInt,
        Opcode.JumpNotLeInt => Opcode.JumpLeInt,
        Opcode.JumpNotGtInt => Opcode.JumpGtInt,
        Opcode.JumpNotGeInt => Opcode.JumpGeInt,
        Opcode.JumpEqConst => Opcode.JumpNeConst,
        Opcode.JumpNeConst => Opcode.JumpEqConst,
        _ => Opcode.Nop,
    };

    /// <summary>For every position, whether control may come there otherwise than from the instruction before.</summary>
    public static bool[] FindEntries(ProcCode code)
    {
        bool[] isEntry = new bool[code.Code.Count + 1];
        foreach (int target in code.Targets)
        {
            if (target != ProcCode.NoTarget) isEntry[target] = true;
        }

        foreach (HandlerInfo handler in code.Handlers)
        {
            if (handler.IsEntered) isEntry[handler.HandlerPc] = true;
        }

        foreach (SwitchTable table in code.Switches)
        {
            isEntry[table.DefaultPc] = true;
            foreach ((_, int pc) in table.Cases) isEntry[pc] = true;
        }

        return isEntry;
    }
}
