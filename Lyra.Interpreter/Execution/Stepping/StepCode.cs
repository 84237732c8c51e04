using System;
using System.Numerics;
using Lyra.Runtime.Bytecode;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Code for the loop in which every instruction but one is a trap. The loop executes that instruction and stops at the next one, wherever
/// it is. Nested steps (an instruction that called back) share one array, so that deep recursion allocates nothing: the inner step hides
/// the outer instruction and restores it at its end, because the loop reads the operands of an instruction again after its call.
/// </summary>
internal sealed class StepCode
{
    private const int SmallestLength = 256;

    private static readonly Instruction Trap = new(Opcode.Trap, 0, 0);

    private Instruction[] _shared = [];

    /// <summary>The array and the position of the innermost step's instruction; an empty array outside of steps.</summary>
    private Instruction[] _code = [];

    private int _pc;

    /// <summary>Begins a step inside the current one, if any.</summary>
    /// <param name="instruction">The only instruction that is not a trap.</param>
    /// <param name="pc">Its position.</param>
    /// <param name="length">The smallest length of the code.</param>
    /// <param name="outer">The state for <see cref="Exit"/>.</param>
    public Instruction[] Enter(in Instruction instruction, int pc, int length, out Outer outer)
    {
        outer = new Outer(_code, _pc, _code.Length == 0 ? default : _code[_pc]);
        if (_shared.Length < length)
        {
            _shared = NewTraps(length);
        }

        End();
        (_code, _pc) = (_shared, pc);
        _code[pc] = instruction;
        return _code;
    }

    /// <summary>Ends the current step and restores the one around it.</summary>
    public void Exit(in Outer outer)
    {
        End();
        (_code, _pc) = (outer.Code, outer.Pc);
        if (_code.Length > 0)
        {
            _code[_pc] = outer.Instruction;
        }
    }

    /// <summary>Turns the instruction of the current step into a trap as well.</summary>
    public void End()
    {
        if (_code.Length > 0)
        {
            _code[_pc] = Trap;
        }
    }

    /// <summary>Code of at least the given length that consists of traps.</summary>
    public static Instruction[] NewTraps(int length)
    {
        Instruction[] code = new Instruction[BitOperations.RoundUpToPowerOf2((uint)Math.Max(length, SmallestLength))];
        for (int i = 0; i < code.Length; i++)
        {
            code[i] = Trap;
        }

        return code;
    }

    /// <summary>The step around another one.</summary>
    internal readonly record struct Outer(Instruction[] Code, int Pc, Instruction Instruction);
}
