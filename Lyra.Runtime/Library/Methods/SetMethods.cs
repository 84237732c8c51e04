using System;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Library.Methods;

/// <summary>
/// The methods of set, without <c>remove</c>, which is a builtin too. The other operand of the set operations may be any iterable; the
/// results are new sets, in the order of the receiver's elements and then the other's.
/// </summary>
internal static class SetMethods
{
    private const IntrinsicTraits CallsBack = IntrinsicTraits.CallsBack;

    public static void Rows(RowReader rows)
    {
        if (rows.Wants("add(set, v)")) rows.Give(Add, CallsBack);
        if (rows.Wants("has(set, v)")) rows.Give(Has, CallsBack);
        if (rows.Wants("union(set, other)")) rows.Give(Union, CallsBack);
        if (rows.Wants("intersect(set, other)")) rows.Give(static (c, a) => Filtered(c, a, "intersect", wanted: true), CallsBack);
        if (rows.Wants("difference(set, other)")) rows.Give(static (c, a) => Filtered(c, a, "difference", wanted: false), CallsBack);
        if (rows.Wants("isSubset(set, other)")) rows.Give(IsSubset, CallsBack);
        if (rows.Wants("copy(set)")) rows.Give(Copy, CallsBack);
        if (rows.Wants("clear(set)")) rows.Give(Clear);
        if (rows.Wants("isEmpty(set)")) rows.Give(static (_, a) => Value.FromBool(Self(a, "isEmpty").Count == 0));
    }

    private static SetObject Self(ReadOnlySpan<Value> arguments, string proc) => Argument.Set(arguments[0], proc, "set");

    /// <summary>Gives whether the value was not there yet.</summary>
    private static Value Add(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromBool(Self(arguments, "add").Add(context, arguments[1]));

    private static Value Has(ScriptContext context, ReadOnlySpan<Value> arguments) =>
        Value.FromBool(Self(arguments, "has").Contains(context, arguments[1]));

    private static Value Union(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        _ = Self(arguments, "union");
        SetObject union = new();
        Sequence.AddAll(context, union, arguments[0]);
        Sequence.AddAll(context, union, arguments[1]);
        return Value.FromObject(union);
    }

    /// <summary>The elements that the other operand has (<paramref name="wanted"/>) or lacks.</summary>
    private static Value Filtered(ScriptContext context, ReadOnlySpan<Value> arguments, string proc, bool wanted)
    {
        SetObject set = Self(arguments, proc);
        SetObject other = AsSet(context, arguments[1]);
        SetObject result = new();
        context.Protect(result);
        int version = set.Version;
        for (int i = 0; i < set.EntryLimit; i++)
        {
            context.Charge(1);
            if (set.TryEntryAt(i, out Value item) && other.Contains(context, item) == wanted)
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
        SetObject set = Self(arguments, "isSubset");
        SetObject other = AsSet(context, arguments[1]);
        int version = set.Version;
        for (int i = 0; i < set.EntryLimit; i++)
        {
            context.Charge(1);
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
        _ = Self(arguments, "copy");
        SetObject copy = new();
        Sequence.AddAll(context, copy, arguments[0]);
        return Value.FromObject(copy);
    }

    private static Value Clear(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        Self(arguments, "clear").Clear();
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

    /// <summary>Hooks of struct elements may run while a set is looked through.</summary>
    private static void CheckVersion(SetObject set, int version)
    {
        if (set.Version != version)
        {
            throw Throw.ConcurrentModification("set");
        }
    }
}
