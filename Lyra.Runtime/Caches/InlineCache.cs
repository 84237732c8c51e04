using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Caches;

/// <summary>
/// The cache of one member site: its own entry answers while the site sees one shape; what misses it goes to the engine's
/// hash inline cache. Written by the engine's thread only.
/// </summary>
internal sealed class InlineCache(string name)
{
    /// <summary>The member's name.</summary>
    public readonly string Name = name;

    /// <summary>The name's number in <see cref="MemberLookup"/>; 0 before it is first asked.</summary>
    public int NameId;

    /// <summary>
    /// The type tag of the instances that the entry is for (<see cref="ScriptObject.TypeTag"/>); -1 while the site is empty.
    /// </summary>
    public int ShapeTag = -1;

    /// <summary>The field's index, or -1 when the member is a method.</summary>
    public int Index = -1;

    /// <summary>What an annotated field takes; <see cref="SlotKind.Any"/> without annotation.</summary>
    public SlotKind FieldKind;

    /// <summary>The method, when <see cref="Index"/> is -1.</summary>
    public Closure? Method;

    /// <summary>The type tag of the values whose builtin method <see cref="Native"/> is, when their type has one; -1 otherwise.</summary>
    public int NativeTag = -1;

    /// <summary>For values of built-in types: the kind whose method <see cref="Native"/> is.</summary>
    public ValueKind NativeKind;

    /// <summary>The builtin method for values of <see cref="NativeKind"/>; null while the site has seen none.</summary>
    public NativeProc? Native;

    /// <summary>Times the entry did not answer: the profile that tells a monomorphic site from a polymorphic one.</summary>
    public int Misses;
}
