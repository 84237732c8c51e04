using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// The build compares the members of the public API with <c>PublicAPI.Unshipped.txt</c> of each library. These tests check what the
/// analyzer does not: the kinds, modifiers, base types and interfaces of types, which <c>PublicTypes.txt</c> lists, and the namespaces.
/// </summary>
public sealed class PublicApiTests
{
    private static readonly string[] Assemblies = ["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter"];

    [Fact]
    public void Public_types_are_those_written_down() =>
        Bless.Compare(Describe(), Repository.PathOf("Lyra.Tests", "Census", "PublicTypes.txt"));

    [Fact]
    public void Every_public_type_is_in_namespace_Lyra() =>
        PublicTypes().Where(type => type.Namespace != "Lyra").Select(type => type.FullName).ShouldBeEmpty();

    private static IEnumerable<Type> PublicTypes() =>
        Assemblies.SelectMany(name => Assembly.Load(name).GetExportedTypes());

    private static string Describe()
    {
        StringBuilder text = new();
        foreach (Type type in PublicTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(Heading(type)).Append('\n');
        }
        return text.ToString();
    }

    private static string Heading(Type type)
    {
        string kind = type.IsEnum ? "enum" : type.IsInterface ? "interface" : type.IsValueType ? "struct" : typeof(Delegate)
            .IsAssignableFrom(type) ? "delegate" : "class";
        string manner = type.IsAbstract && type.IsSealed ? "static " : type is { IsAbstract: true, IsInterface: false } ? "abstract "
            : type.IsSealed && kind == "class" ? "sealed " : "";
        IEnumerable<string> bases = type.GetInterfaces().Select(Name).Order(StringComparer.Ordinal);
        if (type.BaseType is { } parent && parent != typeof(object) && kind == "class")
        {
            bases = bases.Prepend(Name(parent));
        }
        string list = kind is "class" or "interface" or "struct" ? string.Join(", ", bases) : "";
        return $"{manner}{kind} {Name(type)}{(list.Length > 0 ? " : " + list : "")}";
    }

    private static string Name(Type type)
    {
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
