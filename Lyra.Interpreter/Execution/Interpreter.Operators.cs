using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <content>
/// The slow paths of operators and container instructions. <see cref="Lyra.Runtime.Semantics"/> defines the operations; only hooks are
/// handled here, because their frames are pushed onto the interpreter's stack.
/// </content>
internal sealed partial class Interpreter
{
    /// <summary>A binary operation that the loop has no fast path for. The operands may be in the register stack.</summary>
    /// <returns>Whether the frame of a hook was pushed.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool BinarySlow(Opcode op, int target, in Value left, in Value right)
    {
        Value x = left;
        Value y = right;
        int position = Stack.Running.Base + target;
        if (ScriptObject.IsStruct(x.Ref) && OperatorTable.HookOf(op, Unsafe.As<StructObject>(x.Ref!).Shape) is { } hook)
        {
            return PushHook(hook, position, FrameFlags.None, x, y);
        }

        Value result = OperatorTable.Apply(this, op, x, y);
        Stack.Registers[position].Assign(result);
        return false;
    }

    private bool NegateSlow(int target, in Value operand)
    {
        Value x = operand;
        int position = Stack.Running.Base + target;
        if (x.Ref is StructObject { Shape.Hooks.Neg: { } hook })
        {
            return PushHook(hook, position, FrameFlags.None, x);
        }

        Value result = Arithmetic.Neg(this, x);
        Stack.Registers[position].Assign(result);
        return false;
    }

    private Cold BitNotSlow(int target, in Value operand)
    {
        Value result = Arithmetic.BitNot(this, operand);
        Stack.Registers[Stack.Running.Base + target].Assign(result);
        return Cold.Next;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool EqualSlow(in Value left, in Value right)
    {
        if (ExactType.As<ScriptString>(left.Ref) is { } a && ExactType.As<ScriptString>(right.Ref) is { } b)
        {
            return Equality.AreEqualTexts(this, a, b);
        }

        if (left.Ref is null)
        {
            return right.Ref is null;
        }

        if (right.Ref is null && !ScriptObject.HasEquals(left.Ref))
        {
            return false;
        }

        return Equality.AreEqual(this, left, right);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool LessSlow(in Value left, in Value right) =>
        left.IsFloat && right.IsFloat ? left.AsFloat < right.AsFloat : Comparison.Less(this, left, right);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool LessOrEqualSlow(in Value left, in Value right) =>
        left.IsFloat && right.IsFloat ? left.AsFloat <= right.AsFloat : Comparison.LessOrEqual(this, left, right);

    private Cold Concat(int target, int first, int count)
    {
        int position = Stack.Running.Base;
        ScriptString result = Formatting.ToStr(this, Stack.Registers[position + first]);
        for (int i = 1; i < count; i++)
        {
            result = ScriptString.Concat(this, result, Formatting.ToStr(this, Stack.Registers[position + first + i]));
        }

        Stack.Registers[position + target] = Value.FromObject(result);
        return Cold.Next;
    }

    private int SwitchTarget(LinkedPrototype linked, int index, in Value value)
    {
        Equality.ChargeComparison(this, value, value);
        return linked.SwitchIndex(index).Find(value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool GetIndexSlow(int target, in Value container, in Value index)
    {
        int position = Stack.Running.Base + target;
        if (ExactType.As<ScriptString>(container.Ref) is { } text && index.IsInt && (ulong)index.Bits < (ulong)text.Length)
        {
            Stack.Registers[position].SetObject(ScriptString.FromChar(text[(int)index.Bits]));
            return false;
        }

        Value result;
        if (ExactType.As<MapObject>(container.Ref) is { } map)
        {
            map.TryGet(this, index, out result);
        }
        else if (ScriptObject.IsStruct(container.Ref) && Unsafe.As<StructObject>(container.Ref!).Shape.Hooks.GetIndex is { } hook)
        {
            return PushHook(hook, position, FrameFlags.None, container, index);
        }
        else
        {
            result = Indexing.Get(this, container, index);
        }

        Stack.Registers[position].Assign(result);
        return false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool SetIndexSlow(in Value container, in Value index, in Value value)
    {
        if (ExactType.As<ListObject>(container.Ref) is { } list && index.IsInt && (ulong)index.Bits < (ulong)list.Count
            && ListElements.TryStoreTyped(list, (int)index.Bits, value))
        {
            return false;
        }

        if (ExactType.As<MapObject>(container.Ref) is { } map)
        {
            map.Set(this, index, value);
            return false;
        }

        if (ScriptObject.IsStruct(container.Ref) && Unsafe.As<StructObject>(container.Ref!).Shape.Hooks.SetIndex is { } hook)
        {
            return PushHook(hook, 0, FrameFlags.Discard, container, index, value);
        }

        Indexing.Set(this, container, index, value);
        return false;
    }

    private Cold Slice(int target, int source, int bounds)
    {
        int position = Stack.Running.Base;
        Value[] registers = Stack.Registers;
        Value result = Indexing.Slice(this, registers[position + source], registers[position + bounds], registers[position + bounds + 1]);
        Stack.Registers[position + target] = result;
        return Cold.Next;
    }

    private Cold NewMap(int target, int first, int pairs)
    {
        ChargeMemory(HashTable.EmptyBytes);
        MapObject map = new();
        int position = Stack.Running.Base;
        for (int i = 0; i < pairs; i++)
        {
            map.Set(this, Stack.Registers[position + first + (2 * i)], Stack.Registers[position + first + (2 * i) + 1]);
        }

        Stack.Registers[position + target] = Value.FromObject(map);
        return Cold.Next;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Cold CheckSlotSlow(BoundType type, ref Value value)
    {
        SlotCheck.Convert(this, type, ref value);
        return Cold.Next;
    }
}
