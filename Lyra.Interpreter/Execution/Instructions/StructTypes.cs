using System;
using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.HostTypes;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Execution;

/// <summary>The struct types that the scripts of one engine have declared.</summary>
internal sealed class StructTypes
{
    private WeakList<Shape>? _hookedShapes;
    private int _nextShapeId = ScriptObject.FirstShapeTag;

    /// <summary>
    /// The routines of operators by operand types, as <see cref="OperatorTable"/> describes them: those of built-in types, then the hooks
    /// of the structs that are alive, in the order of their declarations.
    /// </summary>
    public List<KeyValuePair<string, string>> Operators(HostTypeTable? hostTypes)
    {
        List<KeyValuePair<string, string>> rows = [.. OperatorTable.Rows()];
        foreach (Shape shape in _hookedShapes?.Living() ?? [])
        {
            rows.AddRange(OperatorTable.HooksOf(shape));
        }

        foreach (HostType type in hostTypes?.Defined ?? [])
        {
            rows.AddRange(OperatorRows.Of(type));
        }

        return rows;
    }

    /// <summary>A definition of an enum of the host.</summary>
    /// <param name="name">The name in scripts.</param>
    /// <param name="clrType">The .NET type.</param>
    /// <exception cref="ArgumentException">The enum has no members.</exception>
    public HostEnumType Declare(string name, Type clrType) => HostEnumType.Make(name, clrType, _nextShapeId++);

    /// <summary>A new type for a declaration of a struct.</summary>
    public Value Declare(ScriptContext context, LinkedPrototype linked, int index)
    {
        StructInfo info = linked.Prototype.Structs[index];
        context.ChargeMemory(Shape.BytesFor(info.Fields.Length, info.Methods.Length));
        Shape shape = new(info, linked, _nextShapeId++);
        if (shape.Enum is { } owner)
        {
            context.ChargeMemory(shape.IsPlain ? owner.Cases.Length * StructObject.BytesFor(info.Fields.Length) : 0);
            owner.Add(shape, linked.Module);
        }

        if (shape.HasHooks || shape.Adopts)
        {
            (_hookedShapes ??= new WeakList<Shape>()).Add(shape);
        }

        return Value.FromObject(shape);
    }
}
