using System;
using System.Reflection;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Ir;

/// <summary>
/// A number or bool in an object of the host, which compiled code reads and writes as memory: the field of a property whose accessor does
/// nothing else. Emitted code calls this accessor, which the CLR inlines, because the field itself may be private. A guard has tested the
/// object's type.
/// </summary>
internal sealed class HostField
{
    /// <summary>One for each accessor and type, so that equal accesses have equal payloads.</summary>
    private static readonly ConditionalWeakTable<MemberInfo, HostField> Known = [];

    private HostField(HostType type, FieldInfo field, MethodInfo? accessor, IrType representation)
    {
        Type = type;
        Field = field;
        Accessor = accessor;
        Representation = representation;
    }

    /// <summary>The type of the object.</summary>
    public HostType Type { get; }

    public FieldInfo Field { get; }

    /// <summary>The method that reads or writes the field and does nothing else; null where the field is accessed itself.</summary>
    public MethodInfo? Accessor { get; }

    /// <summary>Int, Float or Bool.</summary>
    public IrType Representation { get; }

    /// <summary>The field of a property as compiled code accesses it; null when it is more than a field, or needs a converter.</summary>
    public static HostField? Of(HostType type, HostAccessor accessor)
    {
        if (accessor.Field is not { } field)
        {
            return null;
        }


        IrType representation = HostCall.RepresentationOf(field.FieldType);
        if (representation is not (IrType.Int or IrType.Float or IrType.Bool) || !field.DeclaringType!.IsAssignableFrom(type.ClrType))
        {
            return null;
        }

        HostField made = Known.GetValue(
            accessor.Method ?? (MemberInfo)field, _ => new HostField(type, field, accessor.Method, representation));
        return ReferenceEquals(made.Type, type) ? made : new HostField(type, field, accessor.Method, representation);
    }

    /// <summary>Whether the inputs are an object and, of a store, a value for the field.</summary>
    public bool Takes(ReadOnlySpan<IrNode> inputs) => inputs.Length switch
    {
        1 => inputs[0].Type == IrType.Any,
        2 => inputs[0].Type == IrType.Any && inputs[1].Type == Representation,
        _ => false,
    };
}
