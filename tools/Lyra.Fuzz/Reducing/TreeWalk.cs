using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Reflection;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Fuzz.Reducing;

/// <summary>Lists the nodes of a syntax tree without naming their types, so that it includes nodes added to the language later.</summary>
internal static class TreeWalk
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Properties = new();

    /// <summary>A node and all its descendants in preorder.</summary>
    public static List<Node> All(Node root)
    {
        List<Node> nodes = [];
        Stack<Node> pending = new([root]);
        while (pending.TryPop(out Node? node))
        {
            nodes.Add(node);
            foreach (Node child in Children(node))
            {
                pending.Push(child);
            }
        }

        return nodes;
    }

    public static IEnumerable<Node> Children(Node node)
    {
        foreach (PropertyInfo property in Properties.GetOrAdd(node.GetType(), PropertiesOf))
        {
            switch (property.GetValue(node))
            {
                case Node child:
                    yield return child;
                    break;
                case IEnumerable children:
                    foreach (object? child in children)
                    {
                        if (child is Node inner)
                        {
                            yield return inner;
                        }
                    }

                    break;
            }
        }
    }

    private static PropertyInfo[] PropertiesOf(Type type) => Array.FindAll(
        type.GetProperties(),
        property => property.GetIndexParameters().Length == 0
            && (typeof(Node).IsAssignableFrom(property.PropertyType)
            || (property.PropertyType.IsGenericType && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))));
}
