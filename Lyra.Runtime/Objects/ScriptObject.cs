using System.Runtime.CompilerServices;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>The base of everything a <see cref="Value"/> refers to on the heap. Belongs to one engine, except immutable constants.</summary>
internal abstract class ScriptObject
{
    /// <summary>The smallest <see cref="TypeTag"/> of a struct instance.</summary>
    public const int FirstShapeTag = 1024;

    /// <summary>The smallest tag of a kind; above the length of every sentinel.</summary>
    private const int FirstKindTag = 64;

    /// <summary>
    /// Tells types apart without a type test: for an instance of a struct the id of its shape, at least <see cref="FirstShapeTag"/>; for the
    /// types that <see cref="TagOf"/> is asked for in their constructors the tag of their kind; 0 for everything else. Reading it is sound even
    /// where <see cref="Value.Ref"/> is a sentinel of <see cref="Values.Tag"/>: the first field of a .NET string is its length, and no sentinel is
    /// as long as <see cref="FirstKindTag"/>.
    /// </summary>
    public readonly int TypeTag;

    protected ScriptObject()
    {
    }

    protected ScriptObject(int typeTag) => TypeTag = typeTag;

    protected ScriptObject(ValueKind kind) => TypeTag = TagOf(kind);

    /// <summary>The tag of the instances of a built-in type that has one.</summary>
    public static int TagOf(ValueKind kind) => FirstKindTag + (int)kind;

    /// <summary>Whether a value's reference is an instance of a struct. Much cheaper than a type test, because <see cref="StructObject"/> has subclasses.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsStruct(object? reference) => reference is not null && Unsafe.As<ScriptObject>(reference).TypeTag >= FirstShapeTag;

    /// <summary>What kind of script value this is.</summary>
    public abstract ValueKind Kind { get; }

    /// <summary>The name that <c>type(v)</c> gives.</summary>
    public abstract string TypeName { get; }

    /// <summary>
    /// Bytes this object holds itself: its header, fields and backing arrays, not the objects it refers to.
    /// What is charged when it is made or grows, and what the heap walk counts.
    /// </summary>
    public abstract long OwnBytes { get; }

    /// <summary>Hands every value that this object refers to to the visitor (the heap walk of the memory limit).</summary>
    public virtual void VisitReferences(HeapVisitor visitor)
    {
    }
}
