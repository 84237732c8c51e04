using System;
using System.Collections;
using System.Linq;
using System.Reflection;
using System.Text;
using Lyra.Interpreter.Diagnostics;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Tests.Interpreter.Syntax;

/// <summary>The whole content of a tree as text, without positions and optional braces. Two trees are equal if their texts are.</summary>
internal static class TreeText
{
    public static string Of(object? value)
    {
        StringBuilder text = new();
        Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null: text.Append("null"); break;
            case string s: text.Append('\'').Append(s).Append('\''); break;
            case Node or BinaryLink: AppendProperties(text, value); break;
            case IEnumerable items:
                text.Append('[');
                foreach (object? item in items)
                {
                    Append(text, item);
                }

                text.Append(']');
                break;
            default: text.Append(value); break;
        }
    }

    private static void AppendProperties(StringBuilder text, object node)
    {
        text.Append('(').Append(node.GetType().Name);
        foreach (PropertyInfo property in node.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsContent))
        {
            text.Append(' ').Append(property.Name).Append('=');
            Append(text, property.GetValue(node));
        }

        text.Append(')');
    }

    private static bool IsContent(PropertyInfo property) =>
        property.PropertyType != typeof(SourceSpan) && property.PropertyType != typeof(SourceText)
        && property.Name is not (nameof(ModuleNode.Depth) or nameof(BlockStatement.HasBraces));
}
