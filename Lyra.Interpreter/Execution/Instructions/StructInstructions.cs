using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The instructions that make instances of structs.</summary>
internal static class StructInstructions
{
    /// <summary>
    /// Makes an instance of a struct from one register per field. If one is unset, only the constructor can evaluate its default, so the
    /// constructor's frame is pushed.
    /// </summary>
    /// <param name="frames">The stacks.</param>
    /// <param name="shape">The struct.</param>
    /// <param name="window">The position for the instance; the fields follow.</param>
    /// <param name="count">The number of fields.</param>
    /// <returns>Whether a frame was pushed.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool New(FrameContext frames, Shape shape, int window, int count)
    {
        ref FrameStack stack = ref frames.Stack;
        for (int i = 1; i <= count; i++)
        {
            if (stack.Registers[window + i].IsUnset)
            {
                frames.PushFrame(shape.Constructor, window + 1, window, FrameFlags.None);
                return true;
            }
        }

        ref Value first = ref stack.At(window + 1);
        for (int i = 0; i < count; i++)
        {
            if (shape.FieldTypes[i] is { } type)
            {
                SlotCheck.Convert(frames, type, ref Unsafe.Add(ref first, i));
            }
        }

        stack.At(window) = Make(frames, shape, ref first);
        return false;
    }

    /// <summary>
    /// A new instance whose fields are copied from consecutive registers. The values are converted already, but for those of fields that
    /// come from other modules.
    /// </summary>
    public static Value Make(ScriptContext context, Shape shape, ref Value first)
    {
        int count = shape.Fields.Length;
        if (shape.Adopts)
        {
            shape.ConvertAdopted(context, MemoryMarshal.CreateSpan(ref first, count));
        }

        context.ChargeMemory(StructObject.BytesFor(count));
        StructObject o = StructObject.Create(shape);
        for (int i = 0; i < count; i++)
        {
            ref Value value = ref Unsafe.Add(ref first, i);
            shape.NoteStore(i, value);
            o.Slot(i) = value;
        }

        return Value.FromObject(o);
    }
}
