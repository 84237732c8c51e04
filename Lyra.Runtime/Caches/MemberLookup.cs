using System.Collections.Generic;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Runtime.Caches;

/// <summary>What a name means on the instances of a shape.</summary>
/// <param name="Index">The field's index; -1 for a method, -2 when there is no such member.</param>
/// <param name="Method">The method.</param>
internal readonly record struct Member(int Index, Closure? Method)
{
    public const int MethodIndex = -1;
    public const int MissingIndex = -2;

    public bool IsField => Index >= 0;

    public bool IsMethod => Index == MethodIndex;

    public bool IsMissing => Index == MissingIndex;
}

/// <summary>
/// Member lookup for sites whose own entry does not answer: through the engine's shared cache, then the shape's dictionaries.
/// One per engine. Sites of one name share their answers.
/// </summary>
internal sealed class MemberLookup(HashInlineCache cache)
{
    /// <summary>Misses after which a site keeps the entry it has: it sees many shapes, and rewriting the entry would buy nothing.</summary>
    private const int MegamorphicMisses = 64;

    private readonly Dictionary<string, int> _names = [];

    /// <summary>Resolves a site's name on a shape and, when the shape has it, makes it the site's own entry.</summary>
    public Member Resolve(InlineCache site, Shape shape)
    {
        if (site.NameId == 0)
        {
            site.NameId = NameId(site.Name);
        }

        Member member = Find(site.NameId, site.Name, shape);
        if (!member.IsMissing && ++site.Misses <= MegamorphicMisses)
        {
            Fill(site, shape, member);
        }

        return member;
    }

    /// <summary>Resolves a name on a shape where there is no site.</summary>
    public Member Find(string name, Shape shape) => Find(NameId(name), name, shape);

    private static void Fill(InlineCache site, Shape shape, in Member member)
    {
        site.ShapeTag = shape.Id;
        site.Index = member.Index;
        site.Method = member.Method;
        site.FieldKind = member.IsField ? shape.FieldTypes[member.Index]?.Kind ?? SlotKind.Any : SlotKind.Any;
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

    private Member Find(int nameId, string name, Shape shape)
    {
        long operation = CacheKey.Operation(CacheUser.Member, nameId);
        if (cache.TryGet(operation, shape.Id, out object? payload, out int index))
        {
            return new Member(index, (Closure?)payload);
        }

        Member member = Compute(name, shape);
        cache.Set(operation, shape.Id, member.Method, member.Index);
        return member;
    }

    /// <summary>The number of a name, from 1 on.</summary>
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
