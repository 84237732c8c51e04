using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace Lyra.Fuzz.Oracles;

/// <summary>
/// The .NET objects that are reachable from some roots, with their exact sizes: the object graph as the garbage collector sees it, except
/// that weak references and static fields are not followed. It depends on no collection and on no other thread, unlike the figures of
/// <see cref="GC"/>.
/// </summary>
/// <param name="isBoundary">Whether an object belongs to something else: it is neither counted nor followed.</param>
internal sealed class ManagedGraph(Func<object, bool>? isBoundary = null)
{
    private readonly Dictionary<object, object?> _holders = new(ReferenceEqualityComparer.Instance);
    private readonly Stack<object> _pending = new();
    private object? _current;

    /// <summary>The bytes of all objects.</summary>
    public long Bytes { get; private set; }

    /// <summary>The objects.</summary>
    public IReadOnlyCollection<object> Objects => _holders.Keys;

    /// <summary>The objects at which <see cref="ManagedGraph"/> stopped.</summary>
    public HashSet<object> Boundary { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Adds everything that is reachable from an object. The object itself is never a boundary.</summary>
    public ManagedGraph Add(object root)
    {
        _current = null;
        if (_holders.TryAdd(root, null))
        {
            _pending.Push(root);
        }

        while (_pending.TryPop(out object? o))
        {
            Bytes += ObjectLayout.SizeOf(o);
            _current = o;
            ObjectLayout.Of(o.GetType()).Visit(o, this);
        }

        return this;
    }

    /// <summary>Visits a reference. Generated code calls it.</summary>
    public void Visit(object? o)
    {
        if (o is null || ObjectLayout.IsRuntime(o))
        {
            return;
        }

        if (isBoundary is not null && isBoundary(o))
        {
            Boundary.Add(o);
        }
        else if (_holders.TryAdd(o, _current))
        {
            _pending.Push(o);
        }
    }

    /// <summary>Describes the types with the most bytes, and for each the types that hold its largest object.</summary>
    public string Describe(int types = 12)
    {
        StringBuilder text = new();
        IEnumerable<IGrouping<Type, object>> groups = Objects.GroupBy(o => o.GetType())
            .OrderByDescending(group => group.Sum(ObjectLayout.SizeOf)).Take(types);
        foreach (IGrouping<Type, object> group in groups)
        {
            object largest = group.MaxBy(ObjectLayout.SizeOf)!;
            text.Append(CultureInfo.InvariantCulture, $"{group.Sum(ObjectLayout.SizeOf),12:N0} bytes in {group.Count(),9:N0} ");
            text.Append(CultureInfo.InvariantCulture, $"{group.Key.Name}, held by {HoldersOf(largest)}\n");
        }

        return text.ToString();
    }

    private string HoldersOf(object o)
    {
        List<string> names = [];
        object? holder = _holders[o];
        while (holder is not null && names.Count < 12)
        {
            names.Add(holder.GetType().Name);
            holder = _holders[holder];
        }

        return string.Join(" < ", names);
    }
}
