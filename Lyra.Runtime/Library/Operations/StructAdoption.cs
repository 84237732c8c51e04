using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Semantics;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Operations;

/// <summary>What compiled modules call for a struct that uses structs of other modules.</summary>
internal static class StructAdoption
{
    /// <summary><c>adopt(type, used, fields)</c>: gives a struct the members of one of another module.</summary>
    public static Value Adopt(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is not Shape type || arguments[1].Ref is not Shape { Enum: null } used)
        {
            throw Throw.TypeError($"`use` takes over the members of structs, not of a value of type {Throw.TypeName(arguments[1])}");
        }

        type.Adopt(context, used, Argument.Text(arguments[2], "adopt", "fields"));
        return Value.Nil;
    }

    /// <summary>
    /// <c>fillAdopted(type, number, …)</c>: the fields of a struct of another module, those without an argument by their defaults. A bool
    /// that tells whether there is an argument follows each field. Gives a tuple.
    /// </summary>
    public static Value Fill(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is not Shape type)
        {
            throw Throw.TypeError($"a value of type {Throw.TypeName(arguments[0])} is no struct");
        }

        Shape used = type.Adopted((int)Argument.Integer(arguments[1], "fillAdopted", "number"));
        ReadOnlySpan<Value> pairs = arguments[2..];
        if (pairs.Length != 2 * used.Fields.Length)
        {
            throw Throw.ArgumentError($"struct {used.Name} has {used.Fields.Length} fields, but {pairs.Length / 2} are given");
        }

        Value[] given = new Value[used.Fields.Length];
        for (int i = 0; i < given.Length; i++)
        {
            bool isGiven = pairs[(2 * i) + 1].IsTruthy;
            given[i] = isGiven ? pairs[2 * i]
                : used.Fields[i].HasDefault ? Value.Unset
                : throw Throw.ArgumentError($"{used.Name}: '{used.Fields[i].Name}' is missing");
            if (isGiven && type.FieldTypes[type.IndexOf(used.Fields[i].Name)] is { } annotation)
            {
                SlotCheck.Convert(context, annotation, ref given[i]);
            }
        }

        StructObject made = (StructObject)context.Invoke(Value.FromObject(used), given).Ref!;
        Value[] filled = new Value[given.Length];
        for (int i = 0; i < filled.Length; i++)
        {
            filled[i] = made.Slot(i);
        }

        context.ChargeMemory(TupleObject.BytesFor(filled.Length));
        return Value.FromObject(TupleObject.Of(filled));
    }
}
