using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Operations;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// The methods of set, except <c>remove</c>, which is also a builtin. The other operand of a set operation may be any iterable. The result
/// is a new set with the elements of the receiver, in order, followed by those of the other operand.
/// </summary>
internal static class SetMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("add(set, v)")?.Register(Add, Searches | WritesFirstArgument, IntrinsicId.SetAdd);
        rows.Row("has(set, v)")?.Register(Has, Searches | Restartable, IntrinsicId.SetHas);
        rows.Row("union(set, other)")?.Register(Union, CallsBack | Restartable);
        rows.Row("intersect(set, other)")?.Register(static (c, a) => Filtered(c, a, "intersect", expected: true), CallsBack | Restartable);
        rows.Row("difference(set, other)")?.Register(
            static (c, a) => Filtered(c, a, "difference", expected: false), CallsBack | Restartable);
        rows.Row("isSubset(set, other)")?.Register(IsSubset, CallsBack | Restartable);
        rows.Row("copy(set)")?.Register(Copy, CallsBack | Restartable);
        rows.Row("clear(set)")?.Register(Clear, WritesFirstArgument);
        rows.Row("isEmpty(set)")?.Register(
            static (c, a) => Value.FromBool(Self(c, a, "isEmpty").Count == 0), Restartable, IntrinsicId.IsEmpty);

    }

    private static SetObject Self(ScriptContext context, ReadOnlySpan<Value> arguments, string proc) =>
        Argument.Set(context, arguments[0], proc, "set");

    /// <summary>Returns whether the value was not yet in the set.</summary>
    private static Value Add(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromBool(arguments[0].Ref is HostSet host
            ? host.Add(context, arguments[1])
            : Self(context, arguments, "add").Add(context, arguments[1]));

    private static Value Has(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromBool(arguments[0].Ref is HostSet host
            ? host.Contains(context, arguments[1])
            : Self(context, arguments, "has").Contains(context, arguments[1]));

    private static Value Union(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Self(context, arguments, "union");
        SetObject union = new();
        Sequence.AddAll(context, union, arguments[0]);
        Sequence.AddAll(context, union, arguments[1]);
        return Value.FromObject(union);
    }

    /// <summary>The elements of the receiver that are in the other operand (<paramref name="expected"/>) or are not.</summary>
    private static Value Filtered(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, bool expected)
    {
        SetObject set = Self(context, arguments, proc);
        SetObject other = AsSet(context, arguments[1]);
        SetObject result = new();
        context.Protect(result);
        int version = set.Version;
        for (int i = 0; i < set.EntryLimit; i++)
        {
            context.Charge(1);
            Pieces.Look(context, i);
            if (set.TryEntryAt(i, out Value item) && other.Contains(context, item) == expected)
            {
                result.Add(context, item);
            }

            CheckVersion(set, version);
        }

        context.Unprotect();
        return Value.FromObject(result);
    }

    private static Value IsSubset(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        SetObject set = Self(context, arguments, "isSubset");
        SetObject other = AsSet(context, arguments[1]);
        int version = set.Version;
        for (int i = 0; i < set.EntryLimit; i++)
        {
            context.Charge(1);
            Pieces.Look(context, i);
            if (set.TryEntryAt(i, out Value item) && !other.Contains(context, item))
            {
                return Value.False;
            }

            CheckVersion(set, version);
        }

        return Value.True;
    }

    private static Value Copy(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Self(context, arguments, "copy");
        SetObject copy = new();
        Sequence.AddAll(context, copy, arguments[0]);
        return Value.FromObject(copy);
    }

    private static Value Clear(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        if (arguments[0].Ref is HostSet host)
        {
            host.Clear(context);
            return Value.Nil;
        }

        Self(context, arguments, "clear").Clear(context);
        return Value.Nil;
    }

    private static SetObject AsSet(ScriptContext context, in Value values)
    {
        if (values.Ref is SetObject set)
        {
            return set;
        }

        SetObject made = new();
        Sequence.AddAll(context, made, values);
        return made;
    }

    /// <summary>Hooks of struct elements may change a set while it is iterated over.</summary>
    private static void CheckVersion(SetObject set, int version)
    {
        if (set.Version != version)
        {
            throw Throw.ConcurrentModification("set");
        }
    }
}
