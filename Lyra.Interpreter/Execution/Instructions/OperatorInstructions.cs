using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Operators beyond the loop's fast paths. <see cref="Lyra.Runtime.Semantics"/> defines the operations; only hooks are handled here,
/// because their frames are pushed onto the interpreter's stack.
/// </summary>
internal static class OperatorInstructions
{
    /// <summary>A binary operation that the loop has no fast path for. The operands may be in the register stack.</summary>
    /// <returns>Whether the frame of a hook was pushed.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static bool Binary(FrameContext frames, CallInstructions calls, Opcode op, int target, in Value left, in Value right)
    {
        Value x = left;
        Value y = right;
        int position = frames.Stack.Running.Base + target;
        if (ScriptObject.IsStruct(x.Ref) && OperatorTable.HookOf(op, Unsafe.As<StructObject>(x.Ref!).Shape) is { } hook)
        {
            return calls.PushHook(hook, position, FrameFlags.None, x, y);
        }

        Value result = OperatorTable.Apply(frames, op, x, y);
        frames.Stack.Registers[position].Assign(result);
        return false;
    }

    /// <summary>A negation that the loop has no fast path for.</summary>
    /// <returns>Whether the frame of a hook was pushed.</returns>
    public static bool Negate(FrameContext frames, CallInstructions calls, int target, in Value operand)
    {
        Value x = operand;
        int position = frames.Stack.Running.Base + target;
        if (x.Ref is StructObject { Shape.Hooks.Neg: { } hook })
        {
            return calls.PushHook(hook, position, FrameFlags.None, x);
        }

        Value result = Arithmetic.Neg(frames, x);
        frames.Stack.Registers[position].Assign(result);
        return false;
    }

    /// <summary>The operator <c>~</c>.</summary>
    public static Cold BitNot(FrameContext frames, int target, in Value operand)
    {
        Value result = Arithmetic.BitNot(frames, operand);
        frames.Stack.Registers[frames.Stack.Running.Base + target].Assign(result);
        return Cold.Next;
    }

    /// <summary>Concatenates the texts of registers.</summary>
    public static Cold Concat(FrameContext frames, int target, int first, int count)
    {
        int position = frames.Stack.Running.Base;
        ScriptString result = Formatting.ToStr(frames, frames.Stack.Registers[position + first]);
        for (int i = 1; i < count; i++)
        {
            result = ScriptString.Concat(frames, result, Formatting.ToStr(frames, frames.Stack.Registers[position + first + i]));
        }

        frames.Stack.Registers[position + target] = Value.FromObject(result);
        return Cold.Next;
    }
}
