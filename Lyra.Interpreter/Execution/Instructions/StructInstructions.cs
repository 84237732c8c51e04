using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.HostTypes;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The instructions that make struct types and instances.</summary>
internal sealed class StructInstructions(FrameContext frames)
{
    private WeakList<Shape>? _hookedShapes;
    private int _nextShapeId = ScriptObject.FirstShapeTag;

    /// <summary>
    /// The routines of operators by operand types, as <see cref="OperatorTable"/> describes them: those of built-in types, then the hooks
    /// of the structs that are alive, in the order of their declarations.
    /// </summary>
    public List<KeyValuePair<string, string>> Operators
    {
        get
        {
            List<KeyValuePair<string, string>> rows = [.. OperatorTable.Rows()];
            foreach (Shape shape in _hookedShapes?.Living() ?? [])
            {
                rows.AddRange(OperatorTable.HooksOf(shape));
            }

            foreach (HostType type in frames.HostTypes?.Defined ?? [])
            {
                rows.AddRange(OperatorRows.Of(type));
            }

            return rows;
        }
    }

    /// <summary>
    /// Makes an instance of a struct from one register per field. If one is unset, only the constructor can evaluate its default, so the
    /// constructor's frame is pushed.
    /// </summary>
    /// <param name="shape">The struct.</param>
    /// <param name="window">The position for the instance; the fields follow.</param>
    /// <param name="count">The number of fields.</param>
    /// <returns>Whether a frame was pushed.</returns>
    public bool New(Shape shape, int window, int count)
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

        stack.At(window) = Make(shape, ref first);
        return false;
    }

    /// <summary>A new instance whose fields are copied from consecutive registers. The values are converted already.</summary>
    public Value Make(Shape shape, ref Value first)
    {
        int count = shape.Fields.Length;
        frames.ChargeMemory(StructObject.BytesFor(count));
        StructObject o = StructObject.Create(shape);
        for (int i = 0; i < count; i++)
        {
            ref Value value = ref Unsafe.Add(ref first, i);
            shape.NoteStore(i, value);
            o.Slot(i) = value;
        }

        return Value.FromObject(o);
    }

    /// <summary>A new type for a declaration of a struct.</summary>
    public Value NewType(LinkedPrototype linked, int index)
    {
        StructInfo info = linked.Prototype.Structs[index];
        frames.ChargeMemory(Shape.BytesFor(info.Fields.Length, info.Methods.Length));
        Shape shape = new(info, linked, _nextShapeId++);
        if (shape.HasHooks)
        {
            (_hookedShapes ??= new WeakList<Shape>()).Add(shape);
        }

        return Value.FromObject(shape);
    }
}
