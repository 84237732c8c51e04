using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using Lyra.Runtime.Caches;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Execution;

/// <summary>The member that a name denotes on the instances of a shape.</summary>
/// <param name="Index">The field's index; -1 for a method, -2 when there is no such member.</param>
/// <param name="Method">The method; null for a field and for a missing member.</param>
internal readonly record struct Member(int Index, Closure? Method)
{
    public const int MethodIndex = -1;
    public const int MissingIndex = -2;

    public bool IsField => Index >= 0;

    public bool IsMethod => Index == MethodIndex;

    public bool IsMissing => Index == MissingIndex;
}

/// <summary>
/// Looks up members for sites whose own entry misses: in the engine's shared cache, then in the shape's dictionaries. Each engine has one.
/// Sites with the same name share the cached answers.
/// </summary>
/// <param name="cache">The shared cache; null where the engine has none, so that each lookup searches the dictionaries.</param>
internal sealed class MemberLookup(HashInlineCache? cache)
{
    /// <summary>The misses after which a site is megamorphic and keeps its entry, because rewriting it would not pay.</summary>
    private const int MegamorphicMisses = 64;

    private readonly Dictionary<string, int> _names = [];

    /// <summary>
    /// Looks up a site's name on a shape. A member that exists becomes the site's own entry, unless the site is megamorphic.
    /// </summary>
    public Member Resolve(InlineCache site, Shape shape) =>
        site.Misses > MegamorphicMisses
        && cache is not null
        && cache.TryGet(unchecked(site.NameHash + shape.IdHash), site.NameId, shape.Id, out object? method, out int index)
            ? new Member(index, (Closure?)method)
            : ResolveAndFill(site, shape);

    /// <summary>
    /// Looks up the builtin method of a site's name for the kind of the receiver. If it exists, it becomes the site's entry for builtins.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="receiver">The receiver, which is no instance with a method of that name.</param>
    /// <param name="find">Searches the library, which is a layer above.</param>
    public NativeProc? ResolveBuiltin(InlineCache site, in Value receiver, Func<ValueKind, string, NativeProc?> find)
    {
        ValueKind kind = receiver.Kind;
        if (site.Native is not null && site.NativeKind == kind)
        {
            return site.Native;
        }

        NativeProc? found = FindBuiltin(site, kind, find);
        if (found is not null)
        {
            site.Misses++;
            site.NativeKind = kind;
            site.NativeTag = receiver.Ref is ScriptObject { TypeTag: > 0 and < ScriptObject.FirstShapeTag } tagged ? tagged.TypeTag : -1;
            site.Native = found;
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Member ResolveAndFill(InlineCache site, Shape shape)
    {
        Member member = Find(site, shape);
        if (!member.IsMissing && ++site.Misses <= MegamorphicMisses)
        {
            Fill(site, shape, member);
        }

        return member;
    }

    private static void Fill(InlineCache site, Shape shape, in Member member)
    {
        site.ShapeTag = shape.Id;
        site.Index = member.Index;
        site.Method = member.Method;
        site.FieldTag = member.IsField ? TagTaken(shape, member.Index) : null;
    }

    private static string? TagTaken(Shape shape, int field)
    {
        if (shape.Enum is not null)
        {
            // No store is a fast one: the values of enums never change.
            return Tag.Unset;
        }

        if (shape.FieldTypes[field] is not { Kind: not SlotKind.Any and var kind })
        {
            return shape.TagOf(field);
        }

        SlotInfo row = SlotInfo.Of(kind);
        return row.Bits > 0 ? Tag.Unset : row.Default switch
        {
            SlotDefault.IntZero => Tag.Int,
            SlotDefault.FloatZero => Tag.Float,
            SlotDefault.False => Tag.Bool,
            SlotDefault.Nil or SlotDefault.EmptyStr or SlotDefault.EmptyContainer => Tag.Unset,
        };
    }

    private static Member Compute(string name, Shape shape)
    {
        int index = shape.IndexOf(name);
        if (index >= 0)
        {
            return new Member(index, null);
        }

        Closure? method = shape.FindMethod(name);
        return new Member(method is null ? Member.MissingIndex : Member.MethodIndex, method);
    }

    private NativeProc? FindBuiltin(InlineCache site, ValueKind kind, Func<ValueKind, string, NativeProc?> find)
    {
        if (cache is null)
        {
            return find(kind, site.Name);
        }

        Number(site);

        // The tags of kinds are smaller than the ids of shapes.
        int tag = ScriptObject.TagOf(kind);
        if (!cache.TryGet(site.NameId, tag, out object? found, out _))
        {
            found = find(kind, site.Name);
            cache.Set(site.NameId, tag, found, Member.MethodIndex);
        }

        return (NativeProc?)found;
    }

    private Member Find(InlineCache site, Shape shape)
    {
        if (cache is null)
        {
            return Compute(site.Name, shape);
        }

        Number(site);
        if (cache.TryGet(site.NameId, shape.Id, out object? payload, out int index))
        {
            return new Member(index, (Closure?)payload);
        }

        Member member = Compute(site.Name, shape);
        cache.Set(site.NameId, shape.Id, member.Method, member.Index);
        return member;
    }

    /// <summary>Gives a site the number of its name, which is at least 1.</summary>
    private void Number(InlineCache site)
    {
        if (site.NameId == 0)
        {
            site.NameId = NameId(site.Name);
            site.NameHash = CacheKey.OfOperation(site.NameId);
        }
    }

    private int NameId(string name)
    {
        if (!_names.TryGetValue(name, out int id))
        {
            id = _names.Count + 1;
            _names.Add(name, id);
        }

        return id;
    }
}
