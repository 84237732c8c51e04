using System.Runtime.CompilerServices;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>
/// Reads and writes of elements beyond the loop's fast paths. <see cref="Indexing"/> defines the operations; only hooks are handled here,
/// because their frames are pushed onto the interpreter's stack.
/// </summary>
internal static class ElementInstructions
{
    /// <summary>Reads an element into register <paramref name="target"/>. The operands may be in the register stack.</summary>
    /// <returns>Whether the frame of a hook was pushed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Get(FrameContext frames, CallInstructions calls, int target, in Value container, in Value index)
    {
        int position = frames.Stack.Running.Base + target;
        if (ExactType.As<ScriptString>(container.Ref) is { } text && index.IsInt && (ulong)index.Bits < (ulong)text.Length)
        {
            frames.Stack.Registers[position].SetObject(ScriptString.FromChar(text[(int)index.Bits]));
            return false;
        }

        Value result;
        if (ExactType.As<MapObject>(container.Ref) is { } map)
        {
            map.TryGet(frames, index, out result);
        }
        else if (ScriptObject.IsStruct(container.Ref) && Unsafe.As<StructObject>(container.Ref!).Shape.Hooks.GetIndex is { } hook)
        {
            return calls.PushHook(hook, position, FrameFlags.None, container, index);
        }
        else
        {
            result = Indexing.Get(frames, container, index);
        }

        frames.Stack.Registers[position].Assign(result);
        return false;
    }

    /// <summary>Writes an element. The operands may be in the register stack.</summary>
    /// <returns>Whether the frame of a hook was pushed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Set(FrameContext frames, CallInstructions calls, in Value container, in Value index, in Value value)
    {
        if (ExactType.As<ListObject>(container.Ref) is { } list && index.IsInt && (ulong)index.Bits < (ulong)list.Count
            && ListElements.TryStoreTyped(list, (int)index.Bits, value))
        {
            return false;
        }

        if (ExactType.As<MapObject>(container.Ref) is { } map)
        {
            map.Set(frames, index, value);
            return false;
        }

        if (ScriptObject.IsStruct(container.Ref) && Unsafe.As<StructObject>(container.Ref!).Shape.Hooks.SetIndex is { } hook)
        {
            return calls.PushHook(hook, 0, FrameFlags.Discard, container, index, value);
        }

        Indexing.Set(frames, container, index, value);
        return false;
    }

    /// <summary>Reads a slice of a register, whose two bounds are in registers.</summary>
    public static Cold Slice(FrameContext frames, int target, int source, int bounds)
    {
        int position = frames.Stack.Running.Base;
        Value[] registers = frames.Stack.Registers;
        Value result = Indexing.Slice(frames, registers[position + source], registers[position + bounds], registers[position + bounds + 1]);
        frames.Stack.Registers[position + target] = result;
        return Cold.Next;
    }
}
