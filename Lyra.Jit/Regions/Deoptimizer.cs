using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Jit.Regions;

/// <summary>
/// Builds the interpreter's frames from the values in the exit buffers. In a program with frequent exits it runs thousands of times a
/// second, so it consists of loops over arrays.
/// </summary>
internal static class Deoptimizer
{
    /// <summary>
    /// Writes a state into the root frame, and pushes the inlined frames above it. Then it clears the objects in the buffers, which would
    /// otherwise stay alive until the next exit of the same kind.
    /// </summary>
    /// <param name="host">The interpreter; its running frame is the root frame.</param>
    /// <param name="state">The state to restore.</param>
    /// <param name="rootFrame">Index of the frame in which the region was entered.</param>
    public static void Restore(IFrameHost host, ExitState state, int rootFrame)
    {
        ExitBuffers buffers = host.Context.Regions.Exits!;
        Restore(host, state, new ExitValues(buffers, buffers.Top), rootFrame);
    }

    /// <inheritdoc cref="Restore(IFrameHost, ExitState, int)"/>
    public static void Restore(IFrameHost host, ExitState state, ExitValues values, int rootFrame)
    {
        MakeObjects(state, values);
        ExitFrame root = state.Frames[0];
        host.SetPc(rootFrame, root.Pc);
        Write(root.Slots, values, host.Stack.AsSpan(host.BaseOf(rootFrame)));
        PushInlined(host, state, values, host.BaseOf(rootFrame));
    }

    /// <summary>As <see cref="Restore(IFrameHost, ExitState, int)"/>, but pushes the root frame of a proc region, too.</summary>
    /// <param name="host">The interpreter; its running frame is that of the caller.</param>
    /// <param name="state">The state to restore.</param>
    /// <param name="values">Its values.</param>
    /// <param name="origin">Where the registers of the root frame begin.</param>
    /// <param name="returnSlot">Where the root frame stores its result.</param>
    public static void PushAll(IFrameHost host, ExitState state, ExitValues values, int origin, int returnSlot)
    {
        MakeObjects(state, values);
        Push(host, state.Frames[0], values, origin, returnSlot);
        PushInlined(host, state, values, origin);
    }

    private static void PushInlined(IFrameHost host, ExitState state, ExitValues values, int origin)
    {
        for (int i = 1; i < state.Frames.Length; i++)
        {
            ExitFrame frame = state.Frames[i];
            Push(host, frame, values, origin + frame.Base, origin + frame.ReturnSlot);
        }

        values.Objects[..state.ValueCount].Clear();
    }

    private static void Push(IFrameHost host, ExitFrame frame, ExitValues values, int position, int returnSlot)
    {
        Push(host, frame, Read(frame.Closure.GetValueOrDefault(), values).Ref!, position, returnSlot);

        // Only now, because the push may have replaced the stack.
        Write(frame.Slots, values, host.Stack.AsSpan(position));
    }

    /// <summary>
    /// Creates the virtual objects of a state. Compiled code has charged their memory where it would have created them.
    /// </summary>
    public static void MakeObjects(ExitState state, ExitValues values)
    {
        foreach (ExitObject o in state.Objects)
        {
            values.Objects[o.Index].Object = Read(o.Existing, values).Ref ?? Make(o, values);
        }
    }

    private static ScriptObject Make(ExitObject o, ExitValues values)
    {
        ExitSlot[] parts = o.Parts;
        switch (o.Kind)
        {
            case ExitObjectKind.Struct:
                StructObject instance = StructObject.Create((Shape)o.Payload!);
                for (int field = 0; field < parts.Length; field++)
                {
                    instance.Slot(field) = Read(parts[field], values);
                }

                return instance;
            case ExitObjectKind.Tuple:
                return TupleObject.Of(ReadAll(parts, values));
            case ExitObjectKind.Range:
                Value[] bounds = ReadAll(parts, values);
                return new RangeObject(bounds[0].AsInt, bounds[1].AsInt, bounds[2].AsInt, bounds[3].AsInt, bounds[4].AsBool);
            case ExitObjectKind.Closure:
                return new Closure((LinkedPrototype)o.Payload!, ReadAll(parts, values));
            case ExitObjectKind.Upvalue:
                return new Upvalue { Value = Read(parts[0], values) };
            default:
                throw new UnreachableException();
        }
    }

    private static Value[] ReadAll(ExitSlot[] parts, ExitValues values)
    {
        Value[] all = parts.Length == 0 ? [] : new Value[parts.Length];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = Read(parts[i], values);
        }

        return all;
    }

    /// <summary>Pushes the frame of a closure, a generator or a task. The caller writes its registers.</summary>
    public static void Push(IFrameHost host, ExitFrame frame, object runs, int position, int returnSlot)
    {
        if (runs is Closure closure)
        {
            host.PushInlined(closure, position, frame.Pc, returnSlot, frame.DropsResult);
            return;
        }

        host.PushCoroutine((GeneratorObject)runs, position, frame.Pc, returnSlot);
    }

    private static void Write(ExitSlot[] slots, ExitValues values, Span<Value> registers)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            ref readonly ExitSlot slot = ref slots[i];
            registers[slot.Register].Assign(Read(slot, values));
        }
    }

    /// <summary>The value of a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value Read(in ExitSlot slot, ExitValues values) => slot.Source switch
    {
        ExitSource.Int => Value.FromInt(values.Ints[slot.Index]),
        ExitSource.Float => Value.FromFloat(values.Floats[slot.Index]),
        ExitSource.Bool => Value.FromBool(values.Ints[slot.Index] != 0),
        ExitSource.Unit => Value.FromObject(ScriptString.FromChar((char)values.Ints[slot.Index])),
        ExitSource.Text => Value.FromObject(((TextBuilder)values.Objects[slot.Index].Object!).Text),
        ExitSource.Object => new Value(values.Objects[slot.Index].Object, 0),
        ExitSource.Any => new Value(values.Objects[slot.Index].Object, values.Ints[slot.BitsIndex]),
        ExitSource.Constant => slot.Constant,
    };
}
