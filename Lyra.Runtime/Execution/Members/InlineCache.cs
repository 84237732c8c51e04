using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>
/// The inline cache of one member site. Its own entry answers while the site is monomorphic; misses go to the engine's
/// <c>HashInlineCache</c>. Only the engine's thread writes it.
/// </summary>
internal sealed class InlineCache(string name)
{
    /// <summary>The member's name.</summary>
    public readonly string Name = name;

    private KnownKey? _key;

    /// <summary>The name as the key of maps.</summary>
    public KnownKey Key => _key ??= new KnownKey(ScriptString.Constant(Name));

    /// <summary>The name's number in <see cref="MemberLookup"/>; 0 before the first lookup.</summary>
    public int NameId;

    /// <summary>The part that the name adds to the hash of the shared cache's keys; see <see cref="Caches.CacheKey"/>.</summary>
    public uint NameHash;

    /// <summary>
    /// The type tag of the instances that the entry is for (<see cref="ScriptObject.TypeTag"/>); -1 while the site is empty.
    /// </summary>
    public int ShapeTag = -1;

    /// <summary>The field's index, or -1 when the member is a method.</summary>
    public int Index = -1;

    /// <summary>
    /// The tag of the values that the field takes as they are: no check, no conversion, nothing to be learned (<see cref="Shape.TagOf"/>).
    /// Null where it takes all values so.
    /// </summary>
    public string? FieldTag;

    /// <summary>The method, when <see cref="Index"/> is -1.</summary>
    public Closure? Method;

    /// <summary>The type tag of the values whose builtin method is <see cref="Native"/>; -1 when their type has no tag.</summary>
    public int NativeTag = -1;

    /// <summary>The kind of the values whose builtin method is <see cref="Native"/>.</summary>
    public ValueKind NativeKind;

    /// <summary>The builtin method for values of <see cref="NativeKind"/>; null while the site has seen none.</summary>
    public NativeProc? Native;

    /// <summary>The host type whose objects the site has seen, and its member; null while it has seen none.</summary>
    public HostAnswer? Host;

    /// <summary>The number of misses, which tells a monomorphic site from a polymorphic one.</summary>
    public int Misses;
}

/// <summary>The member of a host type that an inline cache has found.</summary>
internal sealed record HostAnswer(HostType Type, HostMember Member);
