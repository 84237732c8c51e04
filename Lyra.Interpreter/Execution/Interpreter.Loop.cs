using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
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
/// The loop. It is one method, because frames are records and the hot state (registers, code, position) must stay in machine registers. Hot
/// cases are in it; all others call a helper that is not inlined. Registers are accessed without bounds checks: the verifier has proved
/// every operand, and frames are only made where the stack is large enough.
/// <para>Rules: <c>frame.Pc = pc</c> precedes everything that may raise an error, call or inspect the stack. After everything that may run
/// script code, the local state is reloaded: <c>goto Reload</c> if another frame may run now, <c>goto Refresh</c> if only the arrays may
/// have been replaced.</para>
/// </content>
internal sealed partial class Interpreter
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref Value At(ref Value registers, int index) => ref Unsafe.Add(ref registers, (nint)(uint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Value Registers(int position) => ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Stack.Registers), position);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Element<T>(T[] array, int index) => Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), (nint)(uint)index);

#if !LYRA_PRECOMPILED // docs/decisions/0006: precompiled, the loop tiers up by being entered again
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
#endif
    public LoopExit Execute()
    {
    Reload:
        ref Frame frame = ref Stack.Frames[Stack.Top];
        LinkedPrototype linked = frame.Closure.Code;
        ref Value r = ref Registers(frame.Base);
        ref Instruction code = ref MemoryMarshal.GetArrayDataReference(linked.Code);
        nint pc = frame.Pc;
        while (true)
        {
            ref Instruction i = ref Unsafe.Add(ref code, pc++);
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
                            frame.Pc = (int)pc;
                            ScriptErrors.ThrowUsedBeforeDeclaration(linked.Module.Compiled!.Variables[i.Wide].Name);
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
                            frame.Pc = (int)pc;
                            ScriptErrors.ThrowUsedBeforeDeclaration(linked.Prototype.Captures[i.B].Name);
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
                            frame.Pc = (int)pc;
                            ScriptErrors.ThrowUsedBeforeDeclaration("variable");
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Add, i.A, x, y))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Sub, i.A, x, y))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.Mul:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (x.IsInt && y.IsInt)
                        {
                            long a = x.Bits;
                            long b = y.Bits;
                            if (TryMultiply(a, b, out long product))
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Mul, i.A, x, y))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Div, i.A, x, y))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Mod, i.A, x, y))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        BinarySlow(Opcode.BitAnd, i.A, x, y);
                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        BinarySlow(Opcode.Shr, i.A, x, y);
                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Add, i.A, x, Value.FromInt(i.SignedC)))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Sub, i.A, x, Value.FromInt(i.SignedC)))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.MulInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt)
                        {
                            long a = x.Bits;
                            long b = i.SignedC;
                            if (TryMultiply(a, b, out long product))
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Mul, i.A, x, Value.FromInt(i.SignedC)))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Div, i.A, x, Value.FromInt(i.SignedC)))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Mod, i.A, x, Value.FromInt(i.SignedC)))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.BitAnd, i.A, x, Value.FromInt(i.SignedC)))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Shr, i.A, x, Value.FromInt(i.SignedC)))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.ShlInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (x.IsInt)
                        {
                            long a = x.Bits;
                            long b = i.SignedC;
                            if (TryShiftLeft(a, b, out long shifted))
                            {
                                Unsafe.Add(ref r, (nuint)i.A).SetInt(shifted);
                                continue;
                            }
                        }

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Shl, i.A, x, Value.FromInt(i.SignedC)))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Add, i.A, x, y))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Sub, i.A, x, y))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Mul, i.A, x, y))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (BinarySlow(Opcode.Div, i.A, x, y))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        if (NegateSlow(i.A, x))
                        {
                            goto Reload;
                        }

                        goto Refresh;
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

                        frame.Pc = (int)pc;
                        bool equal = EqualSlow(x, y);
                        frame = ref Stack.Frames[Stack.Top];
                        r = ref Registers(frame.Base);
                        Unsafe.Add(ref r, (nuint)i.A).SetBool(equal != negate);
                        continue;
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

                        frame.Pc = (int)pc;
                        bool less = LessSlow(x, y);
                        frame = ref Stack.Frames[Stack.Top];
                        r = ref Registers(frame.Base);
                        Unsafe.Add(ref r, (nuint)i.A).SetBool(less);
                        continue;
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

                        frame.Pc = (int)pc;
                        bool less = LessOrEqualSlow(x, y);
                        frame = ref Stack.Frames[Stack.Top];
                        r = ref Registers(frame.Base);
                        Unsafe.Add(ref r, (nuint)i.A).SetBool(less);
                        continue;
                    }

                case Opcode.Jump:
                    pc += i.Wide;
                    continue;
                case Opcode.JumpIf:
                    if (Unsafe.Add(ref r, (nuint)i.A).IsTruthy)
                    {
                        pc += i.Wide;
                    }

                    continue;
                case Opcode.JumpIfNot:
                    if (!Unsafe.Add(ref r, (nuint)i.A).IsTruthy)
                    {
                        pc += i.Wide;
                    }

                    continue;
                case Opcode.JumpIfNil:
                    if (Unsafe.Add(ref r, (nuint)i.A).IsNil)
                    {
                        pc += i.Wide;
                    }

                    continue;
                case Opcode.JumpIfNotNil:
                    if (!Unsafe.Add(ref r, (nuint)i.A).IsNil)
                    {
                        pc += i.Wide;
                    }

                    continue;
                case Opcode.JumpIfSet:
                    if (!Unsafe.Add(ref r, (nuint)i.A).IsUnset)
                    {
                        pc += i.Wide;
                    }

                    continue;

                case Opcode.JumpEq:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        bool taken;
                        if (x.IsInt && y.IsInt)
                        {
                            taken = x.Bits == y.Bits;
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            taken = (x.AsFloat == y.AsFloat);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = EqualSlow(x, y);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpNe:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        bool taken;
                        if (x.IsInt && y.IsInt)
                        {
                            taken = x.Bits != y.Bits;
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            taken = !(x.AsFloat == y.AsFloat);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = !EqualSlow(x, y);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpLt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        bool taken;
                        if (x.IsInt && y.IsInt)
                        {
                            taken = x.Bits < y.Bits;
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            taken = (x.AsFloat < y.AsFloat);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = LessSlow(x, y);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpLe:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        bool taken;
                        if (x.IsInt && y.IsInt)
                        {
                            taken = x.Bits <= y.Bits;
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            taken = (x.AsFloat <= y.AsFloat);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = LessOrEqualSlow(x, y);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpNotLt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        bool taken;
                        if (x.IsInt && y.IsInt)
                        {
                            taken = x.Bits >= y.Bits;
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            taken = !(x.AsFloat < y.AsFloat);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = !LessSlow(x, y);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpNotLe:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value y = ref Unsafe.Add(ref r, (nuint)i.B);
                        bool taken;
                        if (x.IsInt && y.IsInt)
                        {
                            taken = x.Bits > y.Bits;
                        }
                        else if (x.IsFloat && y.IsFloat)
                        {
                            taken = !(x.AsFloat <= y.AsFloat);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = !LessOrEqualSlow(x, y);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpEqInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        bool taken;
                        if (x.IsInt)
                        {
                            taken = x.Bits == i.SignedB;
                        }
                        else if (x.IsFloat)
                        {
                            taken = (x.AsFloat == i.SignedB);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = EqualSlow(x, Value.FromInt(i.SignedB));
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpNeInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        bool taken;
                        if (x.IsInt)
                        {
                            taken = x.Bits != i.SignedB;
                        }
                        else if (x.IsFloat)
                        {
                            taken = !(x.AsFloat == i.SignedB);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = !EqualSlow(x, Value.FromInt(i.SignedB));
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpLtInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        bool taken;
                        if (x.IsInt)
                        {
                            taken = x.Bits < i.SignedB;
                        }
                        else if (x.IsFloat)
                        {
                            taken = (x.AsFloat < i.SignedB);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = LessSlow(x, Value.FromInt(i.SignedB));
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpLeInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        bool taken;
                        if (x.IsInt)
                        {
                            taken = x.Bits <= i.SignedB;
                        }
                        else if (x.IsFloat)
                        {
                            taken = (x.AsFloat <= i.SignedB);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = LessOrEqualSlow(x, Value.FromInt(i.SignedB));
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpGtInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        bool taken;
                        if (x.IsInt)
                        {
                            taken = x.Bits > i.SignedB;
                        }
                        else if (x.IsFloat)
                        {
                            taken = (x.AsFloat > i.SignedB);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = LessSlow(Value.FromInt(i.SignedB), x);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpGeInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        bool taken;
                        if (x.IsInt)
                        {
                            taken = x.Bits >= i.SignedB;
                        }
                        else if (x.IsFloat)
                        {
                            taken = (x.AsFloat >= i.SignedB);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = LessOrEqualSlow(Value.FromInt(i.SignedB), x);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpNotLtInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        bool taken;
                        if (x.IsInt)
                        {
                            taken = x.Bits >= i.SignedB;
                        }
                        else if (x.IsFloat)
                        {
                            taken = !(x.AsFloat < i.SignedB);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = !LessSlow(x, Value.FromInt(i.SignedB));
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpNotLeInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        bool taken;
                        if (x.IsInt)
                        {
                            taken = x.Bits > i.SignedB;
                        }
                        else if (x.IsFloat)
                        {
                            taken = !(x.AsFloat <= i.SignedB);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = !LessOrEqualSlow(x, Value.FromInt(i.SignedB));
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpNotGtInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        bool taken;
                        if (x.IsInt)
                        {
                            taken = x.Bits <= i.SignedB;
                        }
                        else if (x.IsFloat)
                        {
                            taken = !(x.AsFloat > i.SignedB);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = !LessSlow(Value.FromInt(i.SignedB), x);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpNotGeInt:
                    {
                        ref Value x = ref Unsafe.Add(ref r, (nuint)i.A);
                        bool taken;
                        if (x.IsInt)
                        {
                            taken = x.Bits < i.SignedB;
                        }
                        else if (x.IsFloat)
                        {
                            taken = !(x.AsFloat >= i.SignedB);
                        }
                        else
                        {
                            frame.Pc = (int)pc;
                            taken = !LessOrEqualSlow(Value.FromInt(i.SignedB), x);
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                        }

                        if (taken)
                        {
                            pc += i.SignedC;
                        }

                        continue;
                    }

                case Opcode.JumpEqConst:
                    frame.Pc = (int)pc;
                    if (EqualSlow(Unsafe.Add(ref r, (nuint)i.A), linked.Constants[i.B]))
                    {
                        pc += i.SignedC;
                    }

                    goto Refresh;

                case Opcode.JumpNeConst:
                    frame.Pc = (int)pc;
                    if (!EqualSlow(Unsafe.Add(ref r, (nuint)i.A), linked.Constants[i.B]))
                    {
                        pc += i.SignedC;
                    }

                    goto Refresh;

                case Opcode.Switch:
                    frame.Pc = (int)pc;
                    pc = SwitchTarget(linked, i.Wide, Unsafe.Add(ref r, (nuint)i.A));
                    continue;

                // -- Loops
                case Opcode.LoopHead:
                    {
                        ref LoopState loop = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(linked.Loops), (nint)(uint)i.A);
                        if ((--loop.Heat | (Budget.Left -= loop.Cost)) < 0)
                        {
                            LoopExit exit = OnLoopHead(i.A, (int)pc);
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
                                pc += i.Wide;
                            }

                            continue;
                        }

                        frame.Pc = (int)pc;
                        if (!PrepareBigRange(ref index, false))
                        {
                            pc += i.Wide;
                        }

                        continue;
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
                            frame.Pc = (int)pc;
                            if (AdvanceBigRange(ref index))
                            {
                                goto TakeBackEdge;
                            }
                        }

                        continue;
                    }

                case Opcode.ForEach:
                    {
                        ref Value state = ref Unsafe.Add(ref r, (nuint)i.A);
                        if (ExactType.As<ListObject>(state.Ref) is { } list)
                        {
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

                        frame.Pc = (int)pc;
                        switch (AdvanceIteration(i.A, false))
                        {
                            case Advance.Value:
                                frame = ref Stack.Frames[Stack.Top];
                                r = ref Registers(frame.Base);
                                goto TakeBackEdge;
                            case Advance.End:
                                goto Refresh;
                            case Advance.FramePushed:
                                goto Reload;
                            default:
                                return LoopExit.Waiting;
                        }
                    }

                case Opcode.ForEachPair:
                    frame.Pc = (int)pc;
                    switch (AdvanceIteration(i.A, true))
                    {
                        case Advance.Value:
                            frame = ref Stack.Frames[Stack.Top];
                            r = ref Registers(frame.Base);
                            goto TakeBackEdge;
                        case Advance.End:
                            goto Refresh;
                        case Advance.FramePushed:
                            goto Reload;
                        default:
                            return LoopExit.Waiting;
                    }


                case Opcode.GetField:
                    {
                        InlineCache site = Element(linked.Sites, i.C);
                        object? target = Unsafe.Add(ref r, (nuint)i.B).Ref;
                        if (target is not null && Unsafe.As<ScriptObject>(target).TypeTag == site.ShapeTag && site.Index >= 0)
                        {
                            Unsafe.Add(ref r, (nuint)i.A).Assign(Unsafe.As<StructObject>(target).Slot(site.Index));
                            continue;
                        }

                        frame.Pc = (int)pc;
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

                        frame.Pc = (int)pc;
                        SetFieldSlow(Unsafe.Add(ref r, (nuint)i.A), value, site);
                        goto Refresh;
                    }

                case Opcode.GetIndex:
                    {
                        ref Value container = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value index = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (ExactType.As<ListObject>(container.Ref) is { } list && index.IsInt && (ulong)index.Bits < (ulong)list.Count)
                        {
                            ListElements.Load(list, (int)index.Bits, ref Unsafe.Add(ref r, (nuint)i.A));
                            continue;
                        }

                        frame.Pc = (int)pc;
                        if (GetIndexSlow(i.A, container, index))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.GetIndexInt:
                    {
                        ref Value container = ref Unsafe.Add(ref r, (nuint)i.B);
                        if (ExactType.As<ListObject>(container.Ref) is { } list && (uint)(int)i.SignedC < (uint)list.Count)
                        {
                            ListElements.Load(list, i.SignedC, ref Unsafe.Add(ref r, (nuint)i.A));
                            continue;
                        }

                        frame.Pc = (int)pc;
                        if (GetIndexSlow(i.A, container, Value.FromInt(i.SignedC)))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.SetIndex:
                    {
                        ref Value container = ref Unsafe.Add(ref r, (nuint)i.A);
                        ref Value index = ref Unsafe.Add(ref r, (nuint)i.B);
                        ref Value value = ref Unsafe.Add(ref r, (nuint)i.C);
                        if (ExactType.As<ListObject>(container.Ref) is { } list && index.IsInt && (ulong)index.Bits < (ulong)list.Count
                            && ListElements.TryStore(list, (int)index.Bits, value))
                        {
                            continue;
                        }

                        frame.Pc = (int)pc;
                        if (SetIndexSlow(container, index, value))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.Call:
                    {
                        if (ExactType.As<Closure>(Unsafe.Add(ref r, (nuint)i.A).Ref) is { } callee && callee.Code.FixedCount == i.C)
                        {
                            LinkedPrototype target = callee.Code;
                            int newBase = frame.Base + i.A + 1;
                            frame.Pc = (int)pc;
                            if (Stack.Top >= Stack.TopLimit || newBase + target.RegisterCount > Stack.RegisterLimit
                                || (--target.Heat | (Budget.Left -= target.EntryCost)) < 0)
                            {
                                if (EnterSlow(callee, newBase, newBase - 1))
                                {
                                    return LoopExit.Refilled;
                                }

                                goto Reload;
                            }

                            r = ref Unsafe.Add(ref r, (nuint)(i.A + 1));
                            frame = ref Unsafe.Add(ref frame, 1);
                            Stack.Top++;
                            frame.Closure = callee;
                            frame.Base = newBase;
                            frame.ReturnSlot = newBase - 1;
                            frame.Flags = FrameFlags.None;
                            linked = target;
                            code = ref MemoryMarshal.GetArrayDataReference(target.Code);
                            pc = 0;
                            continue;
                        }

                        frame.Pc = (int)pc;
                        if (CallSlow(frame.Base + i.A, i.C))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.CallProc:
                    {
                        Closure callee = Unsafe.As<Closure>(At(ref MemoryMarshal.GetArrayDataReference(linked.Module.Slots), i.B).Ref!);
                        LinkedPrototype target = callee.Code;
                        int newBase = frame.Base + i.A + 1;
                        frame.Pc = (int)pc;
                        if (!target.IsFrameOnly)
                        {
                            StartSuspendable(callee, newBase, newBase - 1);
                            goto Reload;
                        }

                        if (Stack.Top >= Stack.TopLimit || newBase + target.RegisterCount > Stack.RegisterLimit
                            || (--target.Heat | (Budget.Left -= target.EntryCost)) < 0)
                        {
                            if (EnterSlow(callee, newBase, newBase - 1))
                            {
                                return LoopExit.Refilled;
                            }

                            goto Reload;
                        }

                        r = ref Unsafe.Add(ref r, (nuint)(i.A + 1));
                        frame = ref Unsafe.Add(ref frame, 1);
                        Stack.Top++;
                        frame.Closure = callee;
                        frame.Base = newBase;
                        frame.ReturnSlot = newBase - 1;
                        frame.Flags = FrameFlags.None;
                        linked = target;
                        code = ref MemoryMarshal.GetArrayDataReference(target.Code);
                        pc = 0;
                        continue;
                    }

                case Opcode.CallMethod:
                    {
                        InlineCache site = Element(linked.Sites, i.B);
                        object? receiver = Unsafe.Add(ref r, (nuint)i.A).Ref;
                        frame.Pc = (int)pc;
                        if (receiver is not null)
                        {
                            int tag = Unsafe.As<ScriptObject>(receiver).TypeTag;
                            Closure? method = tag == site.ShapeTag ? site.Method
                                : tag >= ScriptObject.FirstShapeTag ? PolymorphicMethod(site, receiver) : null;
                            if (method is not null && method.Code.FixedCount == i.C + 1)
                            {
                                LinkedPrototype target = method.Code;
                                int newBase = frame.Base + i.A;
                                if (Stack.Top >= Stack.TopLimit || newBase + target.RegisterCount > Stack.RegisterLimit
                                    || (--target.Heat | (Budget.Left -= target.EntryCost)) < 0)
                                {
                                    if (EnterSlow(method, newBase, newBase))
                                    {
                                        return LoopExit.Refilled;
                                    }

                                    goto Reload;
                                }

                                r = ref Unsafe.Add(ref r, (nuint)i.A);
                                frame = ref Unsafe.Add(ref frame, 1);
                                Stack.Top++;
                                frame.Closure = method;
                                frame.Base = newBase;
                                frame.ReturnSlot = newBase;
                                frame.Flags = FrameFlags.None;
                                linked = target;
                                code = ref MemoryMarshal.GetArrayDataReference(target.Code);
                                pc = 0;
                                continue;
                            }

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

                        if (CallMethodSlow(frame.Base + i.A, i.C, site))
                        {
                            goto Reload;
                        }

                        goto Refresh;
                    }

                case Opcode.CallBuiltin:
                    {
                        frame.Pc = (int)pc;
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
                    frame.Pc = (int)pc;
                    if (NewStruct(
                        Unsafe.As<Shape>(At(ref MemoryMarshal.GetArrayDataReference(linked.Module.Slots), i.B).Ref!),
                        frame.Base + i.A,
                        i.C))
                    {
                        goto Reload;
                    }

                    goto Refresh;
                case Opcode.Return:
                case Opcode.ReturnNil:
                    {
                        Value result = i.Op == Opcode.Return ? Unsafe.Add(ref r, (nuint)i.A) : default;
                        if (frame.Flags == FrameFlags.None)
                        {
                            ref Value target = ref Registers(frame.ReturnSlot);
                            Stack.Top--;
                            frame = ref Unsafe.Subtract(ref frame, 1);
                            linked = frame.Closure.Code;
                            r = ref Registers(frame.Base);
                            code = ref MemoryMarshal.GetArrayDataReference(linked.Code);
                            pc = frame.Pc;
                            target.Assign(result);
                            continue;
                        }

                        frame.Pc = (int)pc;
                        if (PopReturned(result))
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

                        frame.Pc = (int)pc;
                        CheckSlotSlow(type, ref value);
                        continue;
                    }

                default:
                    frame.Pc = (int)pc;
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
                        default:
                            return LoopExit.Waiting;
                    }
            }

        TakeBackEdge:
            pc += i.SignedC;
            ref LoopState backEdge = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(linked.Loops), (nint)(uint)i.B);
            if ((--backEdge.Heat | (Budget.Left -= backEdge.Cost)) < 0)
            {
                LoopExit exit = OnBackEdge(i.B, (int)pc, (int)pc - i.SignedC);
                if (exit != LoopExit.None)
                {
                    return exit;
                }

                goto Reload;
            }

            continue;

        Refresh:
            frame = ref Stack.Frames[Stack.Top];
            r = ref Registers(frame.Base);
        }
    }
}
