using Lyra.Runtime.Values;

namespace Lyra.Runtime.Objects;

/// <summary>The base of everything a <see cref="Value"/> refers to on the heap. Belongs to one engine, except immutable constants.</summary>
internal abstract class ScriptObject
{
    /// <summary>The smallest <see cref="TypeTag"/> of a struct instance.</summary>
    public const int FirstShapeTag = 1024;

    /// <summary>
    /// For an instance of a struct the id of its shape, at least <see cref="FirstShapeTag"/>; 0 for everything else. The interpreter compares it
    /// without a type test first. That is sound even where <see cref="Value.Ref"/> is a sentinel of <see cref="Tag"/>: the first field of a .NET
    /// string is its length, which is below 16 for every sentinel.
    /// </summary>
    public readonly int TypeTag;

    protected ScriptObject()
    {
    }

    protected ScriptObject(int typeTag) => TypeTag = typeTag;

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
