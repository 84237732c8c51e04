using System;
using System.Collections.Generic;
using System.Threading;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Kinds;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;

namespace Lyra.Runtime.Semantics;

/// <summary>
/// Finds which of several types a value is of, for <see cref="Opcode.FindType"/>, in a time that does not depend on the number of structs
/// among them. Only the engine's thread searches.
/// </summary>
internal sealed class TypeChoice
{
    private readonly BoundType?[] _types;
    private readonly List<int> _others = [];
    private Dictionary<Shape, int>? _shapes;

    /// <summary>Whether another struct uses one of the structs, so that the table is filled as structs are met.</summary>
    private bool _hasUsers;
    private Shape? _lastShape;
    private int _lastIndex;

    private TypeChoice(BoundType types)
    {
        _types = new BoundType?[types.ArgumentCount];
        for (int i = 0; i < _types.Length; i++)
        {
            _types[i] = types.Argument(i);
            if (_types[i] is not { Kind: SlotKind.Struct, Type.IsNullable: false })
            {
                _others.Add(i);
            }
        }
    }

    /// <summary>The choice among the element types of a tuple type; the same object for every thread.</summary>
    public static TypeChoice Of(BoundType types) =>
        (TypeChoice)(types.Choice ?? Interlocked.CompareExchange(ref types.Choice, new TypeChoice(types), null) ?? types.Choice);

    /// <summary>The number of types, which is also the result for a value of none of them.</summary>
    public int Count => _types.Length;

    /// <summary>One of the types; null for one that accepts every value.</summary>
    public BoundType? this[int index] => _types[index];

    /// <summary>
    /// Whether no value is of two of the types, so that they may be tested in any order. False while a struct is not declared, and for a
    /// name that may stand for another struct later.
    /// </summary>
    public bool AreDisjoint()
    {
        HashSet<object> kinds = [];
        return Array.TrueForAll(_types, type => type is { Type.IsOneKind: true }
            && (type.Kind == SlotKind.Struct ? ShapeAlone(type) : (object)type.Kind) is { } kind && kinds.Add(kind));
    }

    /// <summary>The struct that a type stands for, if no other struct uses it.</summary>
    private static Shape? ShapeAlone(BoundType type) => SlotCheck.FindLastingShape(type) is { HasUsers: false } shape ? shape : null;

    /// <summary>The index of the first type that matches a value.</summary>
    public int IndexOf(in Value value) => value.Ref is StructObject instance ? IndexOf(instance.Shape, value) : Search(value);

    private int IndexOf(Shape shape, in Value value)
    {
        if (ReferenceEquals(shape, _lastShape))
        {
            return _lastIndex;
        }

        // Until all declarations have run, not every name stands for a type. A variable of another module never does for good.
        _shapes ??= IndexShapes();
        if (_shapes is null)
        {
            return SearchAll(value);
        }

        if (!_shapes.TryGetValue(shape, out int index))
        {
            index = _hasUsers ? SearchAll(value) : Search(value);
            if (_hasUsers)
            {
                _shapes.Add(shape, index);
            }
        }

        _lastIndex = index;
        _lastShape = shape;
        return _lastIndex;
    }

    private Dictionary<Shape, int>? IndexShapes()
    {
        if (Array.Exists(_types, static type => type is { Kind: SlotKind.Struct } && SlotCheck.FindLastingShape(type) is null))
        {
            return null;
        }

        Dictionary<Shape, int> shapes = new(ReferenceEqualityComparer.Instance);
        _hasUsers = Array.Exists(_types, static type => type is { Kind: SlotKind.Struct } && ShapeAlone(type) is null);
        if (_hasUsers)
        {
            return shapes;
        }

        for (int i = 0; i < _types.Length && _types[i] is { } type; i++)
        {
            if (type.Kind == SlotKind.Struct)
            {
                shapes.TryAdd(SlotCheck.FindLastingShape(type)!, i);
            }
        }

        return shapes;
    }

    private int SearchAll(in Value value)
    {
        int index = 0;
        while (index < _types.Length && !Matches(index, value))
        {
            index++;
        }

        return index;
    }

    /// <summary>The index of the first type, other than those that accept a struct alone, that matches.</summary>
    private int Search(in Value value)
    {
        foreach (int index in _others)
        {
            if (Matches(index, value))
            {
                return index;
            }
        }

        return _types.Length;
    }

    private bool Matches(int index, in Value value) => _types[index] is not { } type || SlotCheck.Matches(type, value);
}
