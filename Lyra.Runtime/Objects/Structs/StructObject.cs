using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>
/// An instance of a struct. The first fields lie inline, in a subclass whose size fits the shape; those beyond <see cref="MaxInline"/> are
/// in the array of a <see cref="StructWithMore"/>. A field annotated int, float or bool always holds a value of that kind, so its 64 bits
/// can be read and written without looking at the kind: unboxed in effect, in the same 16-byte slot (docs/decisions/0002).
/// </summary>
/// <remarks>
/// <see cref="Slot"/> walks from <see cref="First"/> into the inline array that the subclass declares right after it. The CLR lays out a
/// subclass's fields behind its base's, and keeps struct fields with references in order; <c>InlineSlotTests</c>
/// verifies this.
/// </remarks>
internal abstract class StructObject : OwnedObject
{
    /// <summary>Most fields that lie inline.</summary>
    public const int MaxInline = 16;

    public readonly Shape Shape;

    /// <summary>The first field, which compiled code reads directly; the others follow in memory.</summary>
    public Value First;

    // No code names the fields behind the first one, so a trimmed program would not have them.
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(Struct2))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(Struct3))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(Struct4))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(Struct6))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(Struct8))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(Struct10))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(Struct12))]
    [DynamicDependency(DynamicallyAccessedMemberTypes.NonPublicFields, typeof(StructWith16))]
    protected StructObject(Shape shape)
        : base(shape.Id)
    {
        Shape = shape;
    }

    public override ValueKind Kind => ValueKind.Struct;

    public override string TypeName => Shape.Name;

    public override long OwnBytes => BytesFor(Shape.Fields.Length);

    /// <summary>Bytes that an instance with this many fields takes.</summary>
    public static long BytesFor(int fields) => fields <= MaxInline
        ? 32 + (16L * SizeClass(fields))
        : 32 + (16L * fields) + 32;

    /// <summary>Any field of the shape.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref Value Slot(int index)
    {
        if (index < MaxInline)
        {
            return ref Unsafe.Add(ref First, index);
        }

        return ref Unsafe.As<StructWithMore>(this).More[index - MaxInline];
    }

    /// <summary>The fields that lie inline.</summary>
    public ReadOnlySpan<Value> Fields => MemoryMarshal.CreateReadOnlySpan(ref First, Math.Min(Shape.Fields.Length, MaxInline));

    /// <summary>Whether all fields lie inline, so that nothing but the object has to be cleared.</summary>
    public bool IsReusable => Shape.Fields.Length <= MaxInline;

    /// <summary>
    /// Clears the fields of an instance that nothing refers to any more, except for its next user, who clears the first field, which is
    /// the unset marker until then. False, and nothing changes, if that was done already.
    /// </summary>
    public bool TryGiveUp()
    {
        if (First.IsUnset)
        {
            return false;
        }

        MemoryMarshal.CreateSpan(ref First, Math.Max(1, Shape.Fields.Length)).Clear();
        First = Value.Unset;
        return true;
    }

    /// <summary>A new instance, all fields nil. The caller has charged <see cref="BytesFor"/>.</summary>
    public static StructObject Create(Shape shape) => SizeClass(shape.Fields.Length) switch
    {
        1 => new Struct1(shape),
        2 => new Struct2(shape),
        3 => new Struct3(shape),
        4 => new Struct4(shape),
        6 => new Struct6(shape),
        8 => new Struct8(shape),
        10 => new Struct10(shape),
        12 => new Struct12(shape),
        MaxInline => new Struct16(shape),
        _ => new StructWithMore(shape),
    };

    /// <summary>The sealed class of the instances with this many fields.</summary>
    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)]
    public static System.Type ClassFor(int fields) => SizeClass(fields) switch
    {
        1 => typeof(Struct1),
        2 => typeof(Struct2),
        3 => typeof(Struct3),
        4 => typeof(Struct4),
        6 => typeof(Struct6),
        8 => typeof(Struct8),
        10 => typeof(Struct10),
        12 => typeof(Struct12),
        MaxInline => typeof(Struct16),
        _ => typeof(StructWithMore),
    };

    public override void VisitReferences(HeapVisitor visitor)
    {
        visitor.Visit(Shape);
        visitor.Visit(Fields);
    }

    private static int SizeClass(int fields) => fields switch
    {
        <= 1 => 1,
        <= 4 => fields,
        <= 12 => fields + 1 & ~1,
        <= MaxInline => MaxInline,
        _ => MaxInline + 1,
    };
}

internal sealed class Struct1(Shape shape) : StructObject(shape);

#pragma warning disable CS0169, CS0414, IDE0044, IDE0051, CA1823 // the arrays are storage that StructObject.Slot walks into

internal sealed class Struct2(Shape shape) : StructObject(shape)
{
    private Value _second;
}

internal sealed class Struct3(Shape shape) : StructObject(shape)
{
    private Values2 _more;
}

internal sealed class Struct4(Shape shape) : StructObject(shape)
{
    private Values3 _more;
}

internal sealed class Struct6(Shape shape) : StructObject(shape)
{
    private Values5 _more;
}

internal sealed class Struct8(Shape shape) : StructObject(shape)
{
    private Values7 _more;
}

internal sealed class Struct10(Shape shape) : StructObject(shape)
{
    private Values9 _more;
}

internal sealed class Struct12(Shape shape) : StructObject(shape)
{
    private Values11 _more;
}

internal sealed class Struct16(Shape shape) : StructWith16(shape);

/// <summary>An instance whose fields do not all lie inline.</summary>
internal sealed class StructWithMore(Shape shape) : StructWith16(shape)
{
    // In the class of the inline fields, it would lie between them.
    /// <summary>The fields from <see cref="StructObject.MaxInline"/> on.</summary>
    public readonly Value[] More = new Value[shape.Fields.Length - MaxInline];

    public override void VisitReferences(HeapVisitor visitor)
    {
        base.VisitReferences(visitor);
        visitor.Visit(More);
    }
}

internal abstract class StructWith16(Shape shape) : StructObject(shape)
{
    private Values15 _rest;
}

[InlineArray(2)]
internal struct Values2
{
    private Value _first;
}

[InlineArray(3)]
internal struct Values3
{
    private Value _first;
}

[InlineArray(4)]
internal struct Values4
{
    private Value _first;
}

[InlineArray(5)]
internal struct Values5
{
    private Value _first;
}

[InlineArray(7)]
internal struct Values7
{
    private Value _first;
}

[InlineArray(9)]
internal struct Values9
{
    private Value _first;
}

[InlineArray(11)]
internal struct Values11
{
    private Value _first;
}

[InlineArray(15)]
internal struct Values15
{
    private Value _first;
}
