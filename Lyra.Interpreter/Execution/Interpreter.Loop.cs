using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The reason why the loop returned.</summary>
internal enum LoopExit : byte
{
    /// <summary>The loop continues. It never returns this.</summary>
    None,

    /// <summary>The entry frame returned; its result is in the interpreter's result field.</summary>
    Returned,

    /// <summary>A generator's entry frame yielded; the value is in the result field.</summary>
    Yielded,

    /// <summary>The entry frame of a task, or a module's top level, waits for a task.</summary>
    Waiting,

    /// <summary>
    /// An error propagated out of the entry frame; it is in the interpreter's failure field, and the frames of this run were popped.
    /// </summary>
    Failed,

    /// <summary>
    /// The budget was refilled; the loop must be entered again. This lets the CLR replace a precompiled loop by an optimized one.
    /// </summary>
    Refilled,

    /// <summary>A single step has ended, or reached the first instruction of a frame that it has pushed.</summary>
    Stepped,
}

/// <content>
/// The loop. It is one method, because frames are records and the hot state must stay in machine registers. Hot cases are in it; all others
/// call a helper that is not inlined. Registers are accessed without bounds checks: the verifier has proved every operand, and frames are
/// only made where the stack is large enough.
/// <para>Rules: <c>frame.Pc = code.PositionAfter(ref i)</c> precedes everything that may raise an error, call or inspect the stack. After
/// everything that may run script code, the local state is reloaded: <c>goto Reload</c> if another frame may run now, <c>goto Refresh</c>
/// if only the arrays may have been replaced.</para>
/// <para>The state is five references, as many as the CLR keeps in machine registers across calls: this, the frame, its prototype, its
/// registers and the instruction. A number of the instruction would be a sixth, which each instruction loads and stores again
/// (docs/decisions/0018).</para>
/// </content>
internal sealed partial class Interpreter
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Value At(ref Value registers, int index) => ref Unsafe.Add(ref registers, (nint)(uint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Value Registers(int position) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Stack.Registers), position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Element<T>(T[] array, int index) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), (nint)(uint)index);

    /// <summary>As <see cref="CodeStart.PositionAfter"/>. Its calls keep the CLR from giving a machine register to the start.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int PositionAfter(ref CodeStart code, ref Instruction instruction) => code.PositionAfter(ref instruction);

#if !LYRA_PRECOMPILED // docs/decisions/0006: precompiled, the loop tiers up by being entered again
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
#endif
    public LoopExit Execute()
    {
    Reload:
        ref Frame frame = ref Stack.Frames[Stack.Top];
        LinkedPrototype linked = frame.Closure.Code;
        ref Value r = ref Registers(frame.Base);
        CodeStart code = new(linked);
        ref Instruction i = ref code.Before(frame.Pc);
        while (true)
        {
            Closure callee;
            int window;
            i = ref Unsafe.Add(ref i, 1);
            switch (i.Op)
            {
                case Opcode.Nop:
                    continue;

                // -- Registers and constants
                case Opcode.Move:
                    Unsafe.Add(ref r, (nuint)i.A).Assign(Unsafe.Add(ref r, (nuint)i.B));
                    continue;
                case Opcode.LoadConst:
                    Unsafe.Add(ref r, (nuint)i.A).Assign(At(ref MemoryMarshal.GetArrayDataReference(linked.Constants), i.Wide));
                    continue;
                case Opcode.LoadInt:
                    Unsafe.Add(ref r, (nuint)i.A).SetInt(i.Wide);
                    continue;
                case Opcode.LoadNil:
                    Unsafe.Add(ref r, (nuint)i.A) = default;
                    continue;
                case Opcode.LoadBool:
                    Unsafe.Add(ref r, (nuint)i.A).SetBool(i.B != 0);
                    continue;
                case Opcode.GetModule:
                    {
                        ref Value slot = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(linked.Module.Slots), (nint)(uint)i.Wide);
                        if (slot.IsUnset)
                        {
                            goto Slow;
                        }

                        Unsafe.Add(ref r, (nuint)i.A).Assign(slot);
                        continue;
                    }

                case Opcode.SetModule:
                    Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(linked.Module.Slots), (nint)(uint)i.Wide)
                        .Assign(Unsafe.Add(ref r, (nuint)i.A));
                    continue;
                case Opcode.GetCapture:
                    Unsafe.Add(ref r, (nuint)i.A).Assign(At(ref MemoryMarshal.GetArrayDataReference(frame.Closure.Captures), i.B));
                    continue;
                case Opcode.GetUpvalue:
                    {
                        Upvalue upvalue = Unsafe.As<Upvalue>(At(ref MemoryMarshal.GetArrayDataReference(frame.Closure.Captures), i.B).Ref!);
                        if (upvalue.Value.IsUnset)
                        {
                            goto Slow;
                        }

                        Unsafe.Add(ref r, (nuint)i.A).Assign(upvalue.Value);
                        continue;
                    }

                case Opcode.SetUpvalue:
                    Unsafe.As<Upvalue>(At(ref MemoryMarshal.GetArrayDataReference(frame.Closure.Captures), i.B).Ref!).Value
                        .Assign(Unsafe.Add(ref r, (nuint)i.A));
                    continue;
                case Opcode.LoadUpvalue:
                    {
                        Upvalue upvalue = Unsafe.As<Upvalue>(Unsafe.Add(ref r, (nuint)i.B).Ref!);
                        if (upvalue.Value.IsUnset)
                        {
                            goto Slow;
                        }

                        Unsafe.Add(ref r, (nuint)i.A).Assign(upvalue.Value);
                        continue;
                    }

                case Opcode.StoreUpvalue:
                    Unsafe.As<Upvalue>(Unsafe.Add(ref r, (nuint)i.A).Ref!).Value.Assign(Unsafe.Add(ref r, (nuint)i.B));
                    continue;

                // -- Arithmetic
                case Opcode.Add:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            long a = x.Bits;
                            long b = y.Bits;
                            long sum = unchecked(a + b);
                            if (((a ^ sum) & (b ^ sum)) >= 0)
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(sum);
                                continue;
                            }
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat + y.AsFloat);
                            continue;
                        }

                        goto Mixed;
                    }

                case Opcode.Sub:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            long a = x.Bits;
                            long b = y.Bits;
                            long sum = unchecked(a - b);
                            if (((a ^ b) & (a ^ sum)) >= 0)
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(sum);
                                continue;
                            }
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat - y.AsFloat);
                            continue;
                        }

                        goto Mixed;
                    }

                case Opcode.Mul:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            long a = x.Bits;
                            long b = y.Bits;
                            if (LoopArithmetic.TryMultiply(a, b, out long product))
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(product);
                                continue;
                            }
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat * y.AsFloat);
                            continue;
                        }

                        goto Mixed;
                    }

                case Opcode.Div:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            long a = x.Bits;
                            long b = y.Bits;
                            // The slow path handles -1: long.MinValue / -1 overflows.
                            if ((ulong)(b + 1) > 1)
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(a / b);
                                continue;
                            }
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat / y.AsFloat);
                            continue;
                        }

                        goto Mixed;
                    }

                case Opcode.Mod:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            long a = x.Bits;
                            long b = y.Bits;
                            // The slow path handles -1: long.MinValue / -1 overflows.
                            if ((ulong)(b + 1) > 1)
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(a % b);
                                continue;
                            }
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat % y.AsFloat);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.BitAnd:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetInt(x.Bits & y.Bits);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.BitOr:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetInt(x.Bits | y.Bits);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.BitXor:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetInt(x.Bits ^ y.Bits);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.Shl:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt && LoopArithmetic.TryShiftLeft(x.Bits, y.Bits, out long shifted))
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetInt(shifted);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.Shr:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt && (ulong)y.Bits < 64)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetInt(x.Bits >> (int)y.Bits);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.AddInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt)
                        {
                            long a = x.Bits;
                            long b = i.SignedC;
                            long sum = unchecked(a + b);
                            if (((a ^ sum) & (b ^ sum)) >= 0)
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(sum);
                                continue;
                            }
                        }
                        else if (x.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat + i.SignedC);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.SubInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt)
                        {
                            long a = x.Bits;
                            long b = i.SignedC;
                            long sum = unchecked(a - b);
                            if (((a ^ b) & (a ^ sum)) >= 0)
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(sum);
                                continue;
                            }
                        }
                        else if (x.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat - i.SignedC);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.MulInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt)
                        {
                            long a = x.Bits;
                            long b = i.SignedC;
                            if (LoopArithmetic.TryMultiply(a, b, out long product))
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(product);
                                continue;
                            }
                        }
                        else if (x.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat * i.SignedC);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.DivInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt)
                        {
                            long a = x.Bits;
                            long b = i.SignedC;
                            // The slow path handles -1: long.MinValue / -1 overflows.
                            if ((ulong)(b + 1) > 1)
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(a / b);
                                continue;
                            }
                        }
                        else if (x.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat / i.SignedC);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.ModInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt)
                        {
                            long a = x.Bits;
                            long b = i.SignedC;
                            // The slow path handles -1: long.MinValue / -1 overflows.
                            if ((ulong)(b + 1) > 1)
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(a % b);
                                continue;
                            }
                        }
                        else if (x.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat % i.SignedC);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.BitAndInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt)
                        {
                            long a = x.Bits;
                            long b = i.SignedC;
                            Unsafe.Add(ref r, (nuint)i.A).SetInt(a & b);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.ShrInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt)
                        {
                            long a = x.Bits;
                            long b = i.SignedC;
                            if ((ulong)b < 64)
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(a >> (int)b);
                                continue;
                            }
                        }

                        goto Slow;
                    }

                case Opcode.ShlInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt)
                        {
                            long a = x.Bits;
                            long b = i.SignedC;
                            if (LoopArithmetic.TryShiftLeft(a, b, out long shifted))
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(shifted);
                                continue;
                            }
                        }

                        goto Slow;
                    }

                case Opcode.AddConst:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref At(ref MemoryMarshal.GetArrayDataReference(linked.Constants), i.C);
                        if (x.IsFloat && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat + y.AsFloat);
                            continue;
                        }

                        if (x.IsInt && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.Bits + y.AsFloat);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.SubConst:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref At(ref MemoryMarshal.GetArrayDataReference(linked.Constants), i.C);
                        if (x.IsFloat && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat - y.AsFloat);
                            continue;
                        }

                        if (x.IsInt && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.Bits - y.AsFloat);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.MulConst:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref At(ref MemoryMarshal.GetArrayDataReference(linked.Constants), i.C);
                        if (x.IsFloat && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat * y.AsFloat);
                            continue;
                        }

                        if (x.IsInt && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.Bits * y.AsFloat);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.DivConst:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref At(ref MemoryMarshal.GetArrayDataReference(linked.Constants), i.C);
                        if (x.IsFloat && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.AsFloat / y.AsFloat);
                            continue;
                        }

                        if (x.IsInt && y.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(x.Bits / y.AsFloat);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.Neg:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt && x.Bits != long.MinValue)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetInt(-x.Bits);
                            continue;
                        }

                        if (x.IsFloat)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetFloat(-x.AsFloat);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.Not:
                    Unsafe.Add(ref r, (nuint)i.A).SetBool(!Unsafe.Add(ref r, (nuint)i.B).IsTruthy);
                    continue;
                case Opcode.Eq:
                case Opcode.Ne:
                    {
                        bool negate = i.Op == Opcode.Ne;
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetBool((x.Bits == y.Bits) != negate);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.Lt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetBool(x.Bits < y.Bits);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.Le:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).SetBool(x.Bits <= y.Bits);
                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.Jump:
                    i = ref Unsafe.Add(ref i, (nint)i.Wide);
                    continue;
                case Opcode.JumpIf:
                    if (Unsafe.Add(ref r, (nuint)i.A).IsTruthy)
                    {
                        i = ref Unsafe.Add(ref i, (nint)i.Wide);
                    }

                    continue;
                case Opcode.JumpIfNot:
                    if (!Unsafe.Add(ref r, (nuint)i.A).IsTruthy)
                    {
                        i = ref Unsafe.Add(ref i, (nint)i.Wide);
                    }

                    continue;
                case Opcode.JumpIfNil:
                    if (Unsafe.Add(ref r, (nuint)i.A).IsNil)
                    {
                        i = ref Unsafe.Add(ref i, (nint)i.Wide);
                    }

                    continue;
                case Opcode.JumpIfNotNil:
                    if (!Unsafe.Add(ref r, (nuint)i.A).IsNil)
                    {
                        i = ref Unsafe.Add(ref i, (nint)i.Wide);
                    }

                    continue;
                case Opcode.JumpIfSet:
                    if (!Unsafe.Add(ref r, (nuint)i.A).IsUnset)
                    {
                        i = ref Unsafe.Add(ref i, (nint)i.Wide);
                    }

                    continue;

                case Opcode.JumpEq:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt && y.IsInt)
                        {
                            if (x.Bits == y.Bits)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!(x.IsFloat && y.IsFloat))
                        {
                            frame.Pc = code.PositionAfter(ref i);
                            if (EqualSlow(x, y))
                            {
                                i = ref Unsafe.Add(ref i, (nint)i.SignedC);
                            }

                            goto Refresh;
                        }

                        if (x.AsFloat == y.AsFloat)
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpNe:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt && y.IsInt)
                        {
                            if (x.Bits != y.Bits)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!(x.IsFloat && y.IsFloat))
                        {
                            frame.Pc = code.PositionAfter(ref i);
                            if (!EqualSlow(x, y))
                            {
                                i = ref Unsafe.Add(ref i, (nint)i.SignedC);
                            }

                            goto Refresh;
                        }

                        if (!(x.AsFloat == y.AsFloat))
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpLt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt && y.IsInt)
                        {
                            if (x.Bits < y.Bits)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!(x.IsFloat && y.IsFloat))
                        {
                            goto Slow;
                        }

                        if (x.AsFloat < y.AsFloat)
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpLe:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt && y.IsInt)
                        {
                            if (x.Bits <= y.Bits)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!(x.IsFloat && y.IsFloat))
                        {
                            goto Slow;
                        }

                        if (x.AsFloat <= y.AsFloat)
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpNotLt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt && y.IsInt)
                        {
                            if (x.Bits >= y.Bits)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!(x.IsFloat && y.IsFloat))
                        {
                            goto Slow;
                        }

                        if (!(x.AsFloat < y.AsFloat))
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpNotLe:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt && y.IsInt)
                        {
                            if (x.Bits > y.Bits)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!(x.IsFloat && y.IsFloat))
                        {
                            goto Slow;
                        }

                        if (!(x.AsFloat <= y.AsFloat))
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpEqInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (x.IsInt)
                        {
                            if (x.Bits == i.SignedB)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!x.IsFloat)
                        {
                            goto Slow;
                        }

                        if (x.AsFloat == i.SignedB)
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpNeInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (x.IsInt)
                        {
                            if (x.Bits != i.SignedB)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!x.IsFloat)
                        {
                            goto Slow;
                        }

                        if (!(x.AsFloat == i.SignedB))
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpLtInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (x.IsInt)
                        {
                            if (x.Bits < i.SignedB)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!x.IsFloat)
                        {
                            goto Slow;
                        }

                        if (x.AsFloat < i.SignedB)
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpLeInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (x.IsInt)
                        {
                            if (x.Bits <= i.SignedB)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!x.IsFloat)
                        {
                            goto Slow;
                        }

                        if (x.AsFloat <= i.SignedB)
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpGtInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (x.IsInt)
                        {
                            if (x.Bits > i.SignedB)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!x.IsFloat)
                        {
                            goto Slow;
                        }

                        if (x.AsFloat > i.SignedB)
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpGeInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (x.IsInt)
                        {
                            if (x.Bits >= i.SignedB)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!x.IsFloat)
                        {
                            goto Slow;
                        }

                        if (x.AsFloat >= i.SignedB)
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpNotLtInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (x.IsInt)
                        {
                            if (x.Bits >= i.SignedB)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!x.IsFloat)
                        {
                            goto Slow;
                        }

                        if (!(x.AsFloat < i.SignedB))
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpNotLeInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (x.IsInt)
                        {
                            if (x.Bits > i.SignedB)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!x.IsFloat)
                        {
                            goto Slow;
                        }

                        if (!(x.AsFloat <= i.SignedB))
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpNotGtInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (x.IsInt)
                        {
                            if (x.Bits <= i.SignedB)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!x.IsFloat)
                        {
                            goto Slow;
                        }

                        if (!(x.AsFloat > i.SignedB))
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpNotGeInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (x.IsInt)
                        {
                            if (x.Bits < i.SignedB)
                            {
                                goto Branch;
                            }

                            continue;
                        }

                        if (!x.IsFloat)
                        {
                            goto Slow;
                        }

                        if (!(x.AsFloat >= i.SignedB))
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.JumpEqConst:
                case Opcode.JumpNeConst:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref At(ref MemoryMarshal.GetArrayDataReference(linked.Constants), i.B);
                        // Before the call: a recording that observes a hook has made a trap of the instruction when the hook returns.
                        bool jumpsIfEqual = i.Op == Opcode.JumpEqConst;
                        bool isEqual;
                        if (ExactType.Is<ScriptString>(x.Ref) && ExactType.Is<ScriptString>(y.Ref)
                            && Equality.ComparisonSteps(Unsafe.As<ScriptString>(x.Ref!), Unsafe.As<ScriptString>(y.Ref!)) == 0)
                        {
                            isEqual = Unsafe.As<ScriptString>(x.Ref!).ContentEquals(Unsafe.As<ScriptString>(y.Ref!));
                        }
                        else
                        {
                            frame.Pc = code.PositionAfter(ref i);
                            isEqual = EqualSlow(x, y);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (isEqual == jumpsIfEqual)
                        {
                            goto Branch;
                        }

                        continue;
                    }

                case Opcode.Switch:
                    frame.Pc = code.PositionAfter(ref i);
                    i = ref code.Before(SwitchTarget(linked, i.Wide, Unsafe.Add(ref r, (nuint)i.A)));
                    continue;

                // -- Loops
                case Opcode.LoopHead:
                    {
                        ref LoopState loop = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(linked.Loops), (nint)(uint)i.A);
                        if ((--loop.Heat | (Budget.Left -= loop.Cost)) < 0)
                        {
                            LoopExit exit = OnLoopHead(i.A, PositionAfter(ref code, ref i));
                            if (exit != LoopExit.None)
                            {
                                return exit;
                            }

                            goto Reload;
                        }

                        continue;
                    }

                case Opcode.ForPrep:
                    {
                        ref Value index = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value limit = ref Unsafe.Add(ref r, (nuint)(i.A + 1));
                        if (index.IsInt && limit.IsInt)
                        {
                            if (index.Bits < limit.Bits)
                            {
                                Unsafe.Add(ref r, (nuint)(i.A + 2)).SetInt(index.Bits);
                            }
                            else
                            {
                                i = ref Unsafe.Add(ref i, (nint)i.Wide);
                            }

                            continue;
                        }

                        goto Slow;
                    }

                case Opcode.ForLoop:
                    {
                        ref Value index = ref Unsafe.Add(ref r, (nuint)i.A);
                        long next = index.Bits + 1;
                        if (next < Unsafe.Add(ref r, (nuint)(i.A + 1)).Bits)
                        {
                            index.Bits = next;
                            Unsafe.Add(ref r, (nuint)(i.A + 2)).SetInt(next);
                            goto TakeBackEdge;
                        }

                        if (!Unsafe.Add(ref r, (nuint)(i.A + 1)).IsInt)
                        {
                            frame.Pc = code.PositionAfter(ref i);
                            if (RangeLoops.Advance(this, ref index))
                            {
                                goto TakeBackEdge;
                            }
                        }

                        continue;
                    }

                case Opcode.ForEach:
                    {
                        ref Value state = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (ExactType.Is<ListObject>(state.Ref))
                        {
                            ListObject list = Unsafe.As<ListObject>(state.Ref!);
                            long next = Unsafe.Add(ref state, 1).Bits + 1;
                            if (list.Count == Unsafe.Add(ref state, 2).Bits)
                            {
                                if (next >= list.Count)
                                {
                                    continue;
                                }

                                Unsafe.Add(ref state, 1).Bits = next;
                                ListElements.Load(list, (int)next, ref Unsafe.Add(ref state, 3));
                                goto TakeBackEdge;
                            }
                        }
                        else if (ExactType.As<RangeObject>(state.Ref) is { BigBounds: null } range)
                        {
                            if (--Unsafe.Add(ref state, 2).Bits < 0)
                            {
                                continue;
                            }

                            long next = unchecked(Unsafe.Add(ref state, 1).Bits + range.Step);
                            Unsafe.Add(ref state, 1).Bits = next;
                            Unsafe.Add(ref state, 3).SetInt(next);
                            goto TakeBackEdge;
                        }

                        goto AdvanceIterator;
                    }

                case Opcode.ForEachPair:
                    goto AdvanceIterator;

                case Opcode.GetField:
                    {
                        InlineCache site = Element(linked.Sites, i.C);
                        object? target = Unsafe.Add(ref r, (nuint)i.B).Ref;
                        if (target is not null && Unsafe.As<ScriptObject>(target).TypeTag == site.ShapeTag && site.Index >= 0)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).Assign(Unsafe.As<StructObject>(target).Slot(site.Index));
                            continue;
                        }

                        frame.Pc = code.PositionAfter(ref i);
                        GetFieldSlow(i.A, i.B, site);
                        goto Refresh;
                    }

                case Opcode.SetField:
                    {
                        InlineCache site = Element(linked.Sites, i.C);
                        object? target = Unsafe.Add(ref r, (nuint)i.A).Ref;
                        ref Value value = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (target is not null && Unsafe.As<ScriptObject>(target).TypeTag == site.ShapeTag && site.Index >= 0)
                        {
                            if (site.FieldTag is null || ReferenceEquals(site.FieldTag, value.Ref))
                            {
                                Unsafe.As<StructObject>(target).Slot(site.Index).Assign(value);
                                continue;
                            }
                        }

                        goto Slow;
                    }

                case Opcode.GetIndex:
                    {
                        ref Value container = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value index = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (ExactType.Is<ListObject>(container.Ref) && index.IsInt)
                        {
                            ListObject list = Unsafe.As<ListObject>(container.Ref!);
                            if ((ulong)index.Bits < (ulong)list.Count)
                            {
                                ListElements.Load(list, (int)index.Bits, ref Unsafe.Add(ref r, (nuint)i.A));
                                continue;
                            }
                        }

                        frame.Pc = code.PositionAfter(ref i);
                        if (GetIndexSlow(i.A, container, index))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.GetIndexInt:
                    {
                        ref Value container = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (!ExactType.Is<ListObject>(container.Ref))
                        {
                            goto Slow;
                        }

                        ListObject list = Unsafe.As<ListObject>(container.Ref!);
                        if ((uint)(int)i.SignedC >= (uint)list.Count)
                        {
                            goto Slow;
                        }

                        ListElements.Load(list, i.SignedC, ref Unsafe.Add(ref r, (nuint)i.A));
                        continue;
                    }

                case Opcode.SetIndex:
                    {
                        ref Value container = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value index = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value value = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (ExactType.Is<ListObject>(container.Ref) && index.IsInt)
                        {
                            ListObject list = Unsafe.As<ListObject>(container.Ref!);
                            if ((ulong)index.Bits < (ulong)list.Count && ListElements.TryStore(list, (int)index.Bits, value))
                            {
                                continue;
                            }
                        }

                        frame.Pc = code.PositionAfter(ref i);
                        if (SetIndexSlow(container, index, value))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.Call:
                    if (ExactType.Is<Closure>(Unsafe.Add(ref r, (nuint)i.A).Ref))
                    {
                        callee = Unsafe.As<Closure>(Unsafe.Add(ref r, (nuint)i.A).Ref!);
                        window = i.A + 1;
                        if (callee.Code.FixedCount == i.C)
                        {
                            goto Enter;
                        }
                    }

                    frame.Pc = code.PositionAfter(ref i);
                    if (CallSlow(frame.Base + i.A, i.C))
                    {
                        goto Reload;
                    }

                    goto Refresh;

                case Opcode.CallProc:
                    callee = Unsafe.As<Closure>(At(ref MemoryMarshal.GetArrayDataReference(linked.Module.Slots), i.B).Ref!);
                    window = i.A + 1;
                    if (callee.Code.IsFrameOnly)
                    {
                        goto Enter;
                    }

                    frame.Pc = code.PositionAfter(ref i);
                    StartSuspendable(callee, frame.Base + window, frame.Base + i.A);
                    goto Reload;

                case Opcode.CallMethod:
                    {
                        InlineCache site = Element(linked.Sites, i.B);
                        object? receiver = Unsafe.Add(ref r, (nuint)i.A).Ref;
                        window = i.A;
                        if (receiver is not null)
                        {
                            int tag = Unsafe.As<ScriptObject>(receiver).TypeTag;
                            callee = tag == site.ShapeTag ? site.Method!
                                : tag >= ScriptObject.FirstShapeTag ? PolymorphicMethod(site, receiver)! : null!;
                            if (callee is not null && callee.Code.FixedCount == i.C + 1)
                            {
                                goto Enter;
                            }

                            frame.Pc = code.PositionAfter(ref i);
                            if (tag == site.NativeTag)
                            {
                                Intrinsic intrinsic = site.Native!.Intrinsic;
                                int count = i.C + 1;
                                if (count >= intrinsic.MinArguments && count <= intrinsic.MaxArguments
                                    && (intrinsic.Traits & IntrinsicTraits.Scripted) == 0)
                                {
                                    Value result = intrinsic.Handler(
                                        this, MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref r, (nuint)i.A), count));
                                    frame = ref Stack.Frames[Stack.Top];
                                    r = ref Registers(frame.Base);
                                    Unsafe.Add(ref r, (nuint)i.A).Assign(result);
                                    continue;
                                }
                            }
                        }

                        frame.Pc = code.PositionAfter(ref i);
                        if (CallMethodSlow(frame.Base + i.A, i.C, site))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.CallBuiltin:
                    {
                        frame.Pc = code.PositionAfter(ref i);
                        NativeProc native = Element(linked.Module.Builtins, i.B) ?? ResolveBuiltin(linked.Module, i.B);
                        Intrinsic intrinsic = native.Intrinsic;
                        int count = i.C;
                        ref Value first = ref Unsafe.Add(ref r, (nuint)(i.A + 1));
                        if (count >= intrinsic.MinArguments && count <= intrinsic.MaxArguments
                            && ((intrinsic.Traits & (IntrinsicTraits.MethodFirst | IntrinsicTraits.Scripted)) == 0
                                || ((intrinsic.Traits & IntrinsicTraits.Scripted) == 0
                                    && (count == 0 || first.Ref is null || Unsafe.As<ScriptObject>(first.Ref).TypeTag == 0
                                        || Unsafe.As<ScriptObject>(first.Ref).TypeTag < ScriptObject.FirstShapeTag))))
                        {
                            Value result = intrinsic.Handler(this, MemoryMarshal.CreateReadOnlySpan(ref first, count));
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                            Unsafe.Add(ref r, (nuint)i.A).Assign(result);
                            continue;
                        }

                        if (CallBuiltinSlow(native, frame.Base + i.A, count))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.NewStruct:
                    frame.Pc = code.PositionAfter(ref i);
                    if (NewStruct(
                        Unsafe.As<Shape>(At(ref MemoryMarshal.GetArrayDataReference(linked.Module.Slots), i.B).Ref!),
                        frame.Base + i.A,
                        i.C))
                    {
                        goto Reload;
                    }

                    goto Refresh;
                case Opcode.Return:
                    {
                        ref Value result = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (frame.Flags == FrameFlags.None)
                        {
                            ref Value target = ref Registers(frame.ReturnSlot);
                            Stack.Top--;
                            frame = ref Unsafe.Subtract(ref frame, 1);
                            linked = frame.Closure.Code;
                            code = new(linked);
                            i = ref code.Before(frame.Pc);
                            r = ref Registers(frame.Base);
                            target.Assign(result);
                            continue;
                        }

                        frame.Pc = code.PositionAfter(ref i);
                        if (PopReturned(result))
                        {
                            return LoopExit.Returned;
                        }

                        goto Reload;
                    }

                case Opcode.ReturnNil:
                    {
                        if (frame.Flags == FrameFlags.None)
                        {
                            Registers(frame.ReturnSlot) = default;
                            Stack.Top--;
                            frame = ref Unsafe.Subtract(ref frame, 1);
                            linked = frame.Closure.Code;
                            code = new(linked);
                            i = ref code.Before(frame.Pc);
                            r = ref Registers(frame.Base);
                            continue;
                        }

                        frame.Pc = code.PositionAfter(ref i);
                        if (PopReturned(default))
                        {
                            return LoopExit.Returned;
                        }

                        goto Reload;
                    }

                // -- Annotations
                case Opcode.CheckSlot:
                    {
                        BoundType type = linked.SlotType(i.Wide);
                        ref Value value = ref Unsafe.Add(ref r, (nuint)i.A);
                        if ((type.Kind == SlotKind.Int && value.IsInt) || (type.Kind == SlotKind.Float && value.IsFloat))
                        {
                            continue;
                        }

                        goto Slow;
                    }
            }

            // All other instructions are those of ExecuteCold, which does not compile unless it names every one.
            goto Slow;

        Branch:
            i = ref Unsafe.Add(ref i, (nint)i.SignedC);
            continue;

        Mixed:
            // An operator on an int and a float.
            ref Value left = ref Unsafe.Add(ref r, (nuint)i.B);
            ref Value right = ref Unsafe.Add(ref r, (nuint)i.C);
            double leftNumber;
            double rightNumber;
            if (left.IsInt && right.IsFloat)
            {
                leftNumber = left.Bits;
                rightNumber = right.AsFloat;
            }
            else if (left.IsFloat && right.IsInt)
            {
                leftNumber = left.AsFloat;
                rightNumber = right.Bits;
            }
            else
            {
                goto Slow;
            }

            Unsafe.Add(ref r, (nuint)i.A).SetFloat(
                i.Op == Opcode.Mul ? leftNumber * rightNumber
                : i.Op == Opcode.Add ? leftNumber + rightNumber
                : i.Op == Opcode.Sub ? leftNumber - rightNumber
                : leftNumber / rightNumber);
            continue;

        AdvanceIterator:
            frame.Pc = code.PositionAfter(ref i);
            switch (AdvanceIteration(i.A, i.Op == Opcode.ForEachPair))
            {
                case Advance.Value:
                    frame = ref Stack.Frames[Stack.Top];
                    r = ref Registers(frame.Base);
                    goto TakeBackEdge;
                case Advance.End:
                    goto Refresh;
                case Advance.FramePushed:
                    goto Reload;
                case Advance.Waiting:
                    return LoopExit.Waiting;
                default:
                    throw new UnreachableException();
            }

        Slow:
            frame.Pc = code.PositionAfter(ref i);
            switch (ExecuteCold(i, ref r, linked))
            {
                case Cold.Next:
                    goto Refresh;
                case Cold.Reload:
                    if (Heap.IsSweepDue)
                    {
                        return LoopExit.Refilled;
                    }

                    goto Reload;
                case Cold.Failed:
                    return LoopExit.Failed;
                case Cold.Yielded:
                    return LoopExit.Yielded;
                case Cold.Stepped:
                    return LoopExit.Stepped;
                case Cold.Waiting:
                    return LoopExit.Waiting;
                default:
                    throw new UnreachableException();
            }

        TakeBackEdge:
            ref LoopState backEdge = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(linked.Loops), (nint)(uint)i.B);
            if ((--backEdge.Heat | (Budget.Left -= backEdge.Cost)) < 0)
            {
                int after = PositionAfter(ref code, ref i);
                LoopExit exit = OnBackEdge(i.B, after + i.SignedC, after);
                if (exit != LoopExit.None)
                {
                    return exit;
                }

                goto Reload;
            }

            goto Branch;

        Enter:
            // Calls the callee, whose registers begin at the window.
            LinkedPrototype entered = callee.Code;
            int newBase = frame.Base + window;
            frame.Pc = code.PositionAfter(ref i);
            if (Stack.Top >= Stack.TopLimit || newBase + entered.RegisterCount > Stack.RegisterLimit
                || (--entered.Heat | (Budget.Left -= entered.EntryCost)) < 0)
            {
                if (EnterSlow(callee, newBase, frame.Base + i.A))
                {
                    return LoopExit.Refilled;
                }

                goto Reload;
            }

            int returnSlot = frame.Base + i.A;
            frame = ref Unsafe.Add(ref frame, 1);
            frame.Base = newBase;
            frame.ReturnSlot = returnSlot;
            frame.Flags = FrameFlags.None;
            Stack.Top++;
            r = ref Unsafe.Add(ref r, (nuint)window);
            linked = entered;
            code = new(entered);
            i = ref code.Before(0);
            if (!ReferenceEquals(frame.Closure, callee))
            {
                frame.Closure = callee;
            }

            continue;

        Refresh:
            frame = ref Stack.Frames[Stack.Top];
            r = ref Registers(frame.Base);
        }
    }
}
