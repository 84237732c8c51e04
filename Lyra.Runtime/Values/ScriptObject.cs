using System.Runtime.CompilerServices;
using Lyra.Runtime.Kinds;

namespace Lyra.Runtime.Values;

/// <summary>
/// The base of everything a <see cref="Value"/> refers to on the heap. Belongs to one engine, except immutable constants.
/// </summary>
internal abstract class ScriptObject
{
    /// <summary>The smallest <see cref="TypeTag"/> of a struct instance.</summary>
    public const int FirstShapeTag = 1024;

    /// <summary>The smallest <see cref="TypeTag"/> of an instance whose struct has an <c>__eq</c>.</summary>
    public const int FirstEqualsTag = 1 << 30;

    /// <summary>The smallest tag of a kind; greater than the length of every sentinel.</summary>
    private const int FirstKindTag = 64;

    /// <summary>
    /// Added to the tag of a kind for collections of the host. The tags from that of <see cref="ValueKind.Host"/> up to these are the
    /// host's.
    /// </summary>
    private const int FirstHostTag = 64;

    /// <summary>
    /// Identifies types without a type test. For an instance of a struct it is the id of its shape, at least <see cref="FirstShapeTag"/>;
    /// for types whose constructors pass <see cref="TagOf"/> it is the tag of their kind; for all others it is 0. Reading it is sound even
    /// when <see cref="Value.Ref"/> is a sentinel of <see cref="Values.Tag"/>: the first field of a .NET string is its length, and every
    /// sentinel is shorter than <see cref="FirstKindTag"/>.
    /// </summary>
    public readonly int TypeTag;

    protected ScriptObject()
    {
    }

    protected ScriptObject(int typeTag) => TypeTag = typeTag;

    protected ScriptObject(ValueKind kind) => TypeTag = TagOf(kind);

    /// <summary>The type tag of instances of a built-in kind.</summary>
    public static int TagOf(ValueKind kind) => FirstKindTag + (int)kind;

    /// <summary>
    /// Whether a value's reference is an instance of a struct. Much cheaper than a type test, because <see cref="Objects.StructObject"/>
    /// has subclasses.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsStruct(object? reference) => reference is not null && Unsafe.As<ScriptObject>(reference).TypeTag >= FirstShapeTag;

    /// <summary>
    /// Whether an operation on a value may run code of a script or the host: it is an instance of a struct, or of the host.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool MayRunCode(object? reference) => IsStruct(reference) || IsHost(reference);

    /// <summary>Whether a value's reference is an object or a collection of the host.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsHost(object? reference) => reference is not null
        && (uint)(Unsafe.As<ScriptObject>(reference).TypeTag - FirstKindTag - (int)ValueKind.Host) < FirstHostTag + 64;

    /// <summary>
    /// Whether a value's reference is an object that is identical to nothing but itself, as far as its tag tells: an instance of a struct
    /// or of a tagged built-in kind. Not for strs and big ints, which are compared by content.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasOwnIdentity(object? reference) => reference is not null
        && Unsafe.As<ScriptObject>(reference).TypeTag >= FirstKindTag && !IsHost(reference);

    /// <summary>The built-in kind that a reference's tag tells; null for any other value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ValueKind? TaggedKind(object? reference)
    {
        int kind = reference is null ? -1 : Unsafe.As<ScriptObject>(reference).TypeTag - FirstKindTag;
        return (uint)kind < FirstHostTag && kind != (int)ValueKind.Host ? (ValueKind)kind : null;
    }

    public static bool IsHostCollection(ScriptObject value) => (uint)(value.TypeTag - FirstKindTag - FirstHostTag) < 64;

    /// <summary>The type tag of collections of the host that are of a built-in kind for scripts.</summary>
    public static int HostTagOf(ValueKind kind) => FirstKindTag + FirstHostTag + (int)kind;

    /// <summary>Whether a value's reference is an instance whose struct has an <c>__eq</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool HasEquals(object? reference) =>
        reference is not null && Unsafe.As<ScriptObject>(reference).TypeTag >= FirstEqualsTag;

    /// <summary>The bytes of a .NET string.</summary>
    public static long TextBytes(string text) => 24 + (2L * text.Length);

    /// <summary>The kind of script value that this object is.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>The name that <c>type(v)</c> returns.</summary>
    public virtual string TypeName => KindInfo.Of(Kind).Name;

    /// <summary>
    /// The bytes of this object alone: its header, fields and backing arrays, without the objects it refers to. They are charged when it is
    /// made or grows, and the heap walk counts them.
    /// </summary>
    public abstract long OwnBytes { get; }

    /// <summary>Passes every value that this object refers to to the visitor (the heap walk of the memory limit).</summary>
    public virtual void VisitReferences(HeapVisitor visitor)
    {
    }
}
