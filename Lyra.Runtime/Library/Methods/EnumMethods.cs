using System;
using System.Linq;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Library.Rows;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using static Lyra.Runtime.Execution.IntrinsicTraits;

namespace Lyra.Runtime.Library.Methods;

/// <summary>The methods of enums, unless a proc of the enum has the name. <c>cases</c> and <c>names</c> are properties.</summary>
internal static class EnumMethods
{
    public static void Rows(RowReader rows)
    {
        rows.Row("parse(enum, name)")?.Register(Parse, Restartable);
        rows.Row("nameOf(enum, value)")?.Register(
            static (c, a) => Value.FromText(CaseOf(a, "nameOf").Name), Restartable);
        rows.Row("ordinalOf(enum, value)")?.Register(
            static (c, a) => Value.FromInt(CaseOf(a, "ordinalOf").Ordinal), Restartable);
    }

    /// <summary>The value of the case without fields that has a name.</summary>
    private static Value Parse(ScriptContext context, ReadOnlySpan<Value> arguments)
    {
        EnumType type = TypeIn(arguments, "parse");
        string name = Argument.Text(arguments[1], "parse", "name");
        EnumMember? found = type.FindCase(name);
        if (found is { Value: { } value })
        {
            return Value.FromObject(value);
        }

        context.Charge(type.Cases.Length);
        string hint = NearestName.Find(name, type.Cases.Where(static member => member.Value is not null).Select(static m => m.Name))
            is { } nearest ? $"; is it '{nearest}'?" : "";
        throw Throw.ValueError(found is null
            ? $"parse: {type.Name} has no case '{name}'{hint}"
            : $"parse: the case {type.Name}.{name} has fields, which its name does not tell");
    }

    private static EnumMember CaseOf(ReadOnlySpan<Value> arguments, string proc)
    {
        EnumType type = TypeIn(arguments, proc);
        return arguments[1].Ref is StructObject value && ReferenceEquals(value.Shape.Enum, type)
            ? type.CaseOf(value)
            : throw Argument.Wrong(arguments[1], proc, "value", $"a {type.Name}");
    }

    private static EnumType TypeIn(ReadOnlySpan<Value> arguments, string proc) =>
        arguments[0].Ref as EnumType ?? throw Argument.Wrong(arguments[0], proc, "enum", "an enum");
}
