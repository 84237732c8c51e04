using System;
using System.Collections.Generic;
using Lyra.Tests.Harness.Programs;

namespace Lyra.Tests.Jit.Hosting;

/// <summary>An object with members that are objects, texts and collections.</summary>
public sealed class Node
{
    public int Level { get; set; }

    public string Name { get; set; } = string.Empty;

    public Node? Next { get; set; }

    public Node? None { get; set; }

    public List<Node> Nodes { get; } = [];

    /// <summary>A collection that is a .NET struct.</summary>
    public ArraySegment<int> Segment => new(Levels, 1, 1);

    public int[] Levels { get; } = [1, 2];

    /// <summary>Throws in a part of the cases.</summary>
    public Node Fragile => Next!.Next!;

    public Node Self() => this;

    /// <summary>Goes to another next node, and gets another name.</summary>
    public void Turn()
    {
        Next = Next is { Next: { } further } ? further : new Node { Level = Next!.Level + 1, Name = Next.Name + "+", Next = this };
        Name = Name.Length > 6 ? "node" : Name + "!";
    }
}
