using System;
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
        MakeObjects(state, buffers);
        ExitFrame[] frames = state.Frames;
        ExitFrame root = frames[0];
        int origin = host.BaseOf(rootFrame);
        host.SetPc(rootFrame, root.Pc);
        Write(root.Slots, buffers, host.Stack.AsSpan(origin));
        for (int i = 1; i < frames.Length; i++)
        {
            ExitFrame frame = frames[i];
            Push(host, frame, Read(frame.Closure.GetValueOrDefault(), buffers).Ref!, origin + frame.Base, origin + frame.ReturnSlot);

            // Only now, because the push may have replaced the stack.
            Write(frame.Slots, buffers, host.Stack.AsSpan(origin + frame.Base));
        }

        Array.Clear(buffers.Objects, 0, state.ObjectCount);
    }

    /// <summary>
    /// Creates the virtual objects of a state. Compiled code has charged their memory where it would have created them.
    /// </summary>
    public static void MakeObjects(ExitState state, ExitBuffers buffers)
    {
        foreach (ExitObject o in state.Objects)
        {
            buffers.Objects[o.Index] = Read(o.Existing, buffers).Ref ?? Make(o, buffers);
        }
    }

    private static ScriptObject Make(ExitObject o, ExitBuffers buffers)
    {
        ExitSlot[] parts = o.Parts;
        switch (o.Kind)
        {
            case ExitObjectKind.Struct:
                StructObject instance = StructObject.Create((Shape)o.Payload!);
                for (int field = 0; field < parts.Length; field++)
                {
                    instance.Slot(field) = Read(parts[field], buffers);
                }

                return instance;
            case ExitObjectKind.Tuple:
                return new TupleObject(ReadAll(parts, buffers));
            case ExitObjectKind.Closure:
                return new Closure((LinkedPrototype)o.Payload!, ReadAll(parts, buffers));
            default:
                return new Upvalue { Value = Read(parts[0], buffers) };
        }
    }

    private static Value[] ReadAll(ExitSlot[] parts, ExitBuffers buffers)
    {
        Value[] values = parts.Length == 0 ? [] : new Value[parts.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = Read(parts[i], buffers);
        }

        return values;
    }

    /// <summary>Pushes the frame of a closure or generator. The caller writes its registers.</summary>
    public static void Push(IFrameHost host, ExitFrame frame, object runs, int position, int returnSlot)
    {
        if (runs is Closure closure)
        {
            host.PushInlined(closure, position, frame.Pc, returnSlot, frame.DropsResult);
            return;
        }

        host.PushGenerator((GeneratorObject)runs, position, frame.Pc);
    }

    private static void Write(ExitSlot[] slots, ExitBuffers buffers, Span<Value> registers)
    {
        for (int i = 0; i < slots.Length; i++)
        {
            ref readonly ExitSlot slot = ref slots[i];
            registers[slot.Register].Assign(Read(slot, buffers));
        }
    }

    /// <summary>The value of a register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Value Read(in ExitSlot slot, ExitBuffers buffers) => slot.Source switch
    {
        ExitSource.Int => Value.FromInt(buffers.Ints[slot.Index]),
        ExitSource.Float => Value.FromFloat(buffers.Floats[slot.Index]),
        ExitSource.Bool => Value.FromBool(buffers.Ints[slot.Index] != 0),
        ExitSource.Unit => Value.FromObject(ScriptString.FromChar((char)buffers.Ints[slot.Index])),
        ExitSource.Object => new Value(buffers.Objects[slot.Index], 0),
        ExitSource.Any => new Value(buffers.Objects[slot.Index], buffers.Ints[slot.Index]),
        _ => slot.Constant,
    };
}
