using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Lyra.Runtime.Memory;

namespace Lyra.Interpreter.Syntax;

/// <summary>
/// A list of nodes that grows until it is closed. Open lists are on one stack, so that a list takes no memory but its final array: a list
/// that is opened later must be closed earlier.
/// </summary>
/// <typeparam name="T">The type of the nodes.</typeparam>
internal readonly struct NodeList<T>(GrowableArray<object?> stack)
{
    private readonly int _start = stack.Count;

    public int Count => stack.Count - _start;

    public T this[int index]
    {
        get => (T)stack[_start + index]!;
        set => stack[_start + index] = value;
    }

    public void Add(T node) => stack.Add(node);

    /// <summary>The nodes of a type.</summary>
    public ImmutableArray<TNode> Of<TNode>()
    {
        int count = 0;
        for (int i = _start; i < stack.Count; i++)
        {
            count += stack[i] is TNode ? 1 : 0;
        }

        TNode[] nodes = count == 0 ? [] : new TNode[count];
        count = 0;
        for (int i = _start; i < stack.Count; i++)
        {
            if (stack[i] is TNode node)
            {
                nodes[count++] = node;
            }
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(nodes);
    }

    /// <summary>Drops the nodes; the list then ends.</summary>
    public void Clear() => stack.Truncate(_start);

    /// <summary>All nodes; the list then ends.</summary>
    public ImmutableArray<T> Close()
    {
        T[] nodes = Count == 0 ? [] : new T[Count];
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = (T)stack[_start + i]!;
        }

        Clear();
        return ImmutableCollectionsMarshal.AsImmutableArray(nodes);
    }
}
