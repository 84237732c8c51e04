using System;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>
/// A checksum of what an engine executes of a prototype: its instructions, constants, loops and handlers. It is taken when the prototype is
/// first linked, and shared by all engines. It finds damage and tampering in memory; it is no cryptographic signature.
/// </summary>
internal static class CodeSeal
{
    private const ulong Start = 0x9E37_79B9_7F4A_7C15;
    private const ulong Factor = 0xFF51_AFD7_ED55_8CCD;

    /// <summary>The checksum of the prototype as it is now; never 0.</summary>
    public static ulong Of(Prototype prototype)
    {
        ulong seal = Start;
        foreach (Instruction i in prototype.Code)
        {
            seal = Mix(seal, i.Raw);
        }

        foreach (ref readonly Value constant in prototype.Constants.AsSpan())
        {
            seal = Mix(Mix(seal, (ulong)constant.Bits), ContentOf(constant));
        }

        foreach (LoopInfo loop in prototype.Loops)
        {
            seal = Mix(seal, Pair(loop.BodyPc, loop.Cost));
        }

        foreach (HandlerInfo handler in prototype.Handlers)
        {
            seal = Mix(Mix(seal, Pair(handler.Start, handler.End)), Pair(handler.HandlerPc, handler.Register));
            seal = Mix(seal, (ulong)handler.Kind);
        }

        return seal | 1;
    }

    /// <summary>True when a linked prototype still executes what was sealed.</summary>
    public static bool IsIntact(LinkedPrototype linked)
    {
        Prototype prototype = linked.Prototype;
        return ReferenceEquals(linked.Constants, prototype.Constants)
            && Of(prototype) == prototype.Seal
            && (ReferenceEquals(linked.Code, prototype.Code) || IsCopyWithTraps(linked.Code, prototype.Code))
            && HasCosts(linked, prototype);
    }

    /// <summary>A recording or a single step replaces opcodes by traps in a copy, and nothing else.</summary>
    private static bool IsCopyWithTraps(Instruction[] copy, Instruction[] code)
    {
        for (int pc = 0; pc < code.Length; pc++)
        {
            if (pc >= copy.Length || (copy[pc].Op != Opcode.Trap && copy[pc].Raw != code[pc].Raw))
            {
                return false;
            }
        }

        return true;
    }

    private static bool HasCosts(LinkedPrototype linked, Prototype prototype)
    {
        for (int loop = 0; loop < prototype.Loops.Length; loop++)
        {
            if (linked.Loops[loop].Cost != prototype.Loops[loop].Cost)
            {
                return false;
            }
        }

        return linked.EntryCost == prototype.EntryCost;
    }

    /// <summary>A number for what a constant refers to. The payload of a number or bool is in its bits.</summary>
    private static ulong ContentOf(in Value constant) => constant.Ref switch
    {
        ScriptString text => (ulong)string.GetHashCode(text.Span),
        BigInt big => (ulong)big.Value.GetHashCode(),
        ScriptObject other => (ulong)RuntimeHelpers.GetHashCode(other),
        _ => (ulong)constant.Kind,
    };

    private static ulong Pair(int a, int b) => ((ulong)(uint)a << 32) | (uint)b;

    private static ulong Mix(ulong seal, ulong word)
    {
        ulong mixed = unchecked((seal ^ word) * Factor);
        return mixed ^ (mixed >> 32);
    }
}
