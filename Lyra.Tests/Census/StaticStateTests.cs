using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Emit;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>
/// Engines on different threads share only scripts, which are immutable, and static fields. <c>StaticState.txt</c> lists each static field
/// that is mutable or holds a mutable object, with the reason why threads may share it.
/// </summary>
public sealed class StaticStateTests
{
    private static readonly string List = Repository.PathOf("Lyra.Tests", "Census", "StaticState.txt");

    private static readonly string[] Libraries = ["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter"];

    private static readonly Type[] Immutable =
    [
        typeof(string), typeof(Type), typeof(MemberInfo), typeof(Delegate), typeof(Regex), typeof(Encoding), typeof(OpCode),
        typeof(TimeProvider),
        typeof(System.Numerics.BigInteger), typeof(decimal), typeof(DateTimeOffset), typeof(TimeSpan),
        typeof(System.Globalization.CultureInfo),
    ];

    private static readonly Type[] ImmutableGenerics =
        [typeof(FrozenSet<>), typeof(FrozenDictionary<,>), typeof(ImmutableArray<>), typeof(System.Buffers.SearchValues<>),
            typeof(Nullable<>)];

    [Fact]
    public void Every_static_field_that_threads_could_change_is_listed_with_a_reason()
    {
        string[] actual =
        [
            .. Libraries.SelectMany(static name => Assembly.Load(name).GetTypes())
                .SelectMany(MutableFields).Order(StringComparer.Ordinal),
        ];

        Rows().ShouldBe(
            actual, $"{Repository.NameOf(List)} lists exactly these; make the field immutable, or say there why threads may share it");
    }

    [Fact]
    public void Every_row_has_a_reason() =>
        File.ReadLines(List).Where(IsRow).ShouldAllBe(line => line.IndexOf(": ", StringComparison.Ordinal) > 0 && line.EndsWith('.'));

    private static string[] Rows() =>
        [.. File.ReadLines(List).Where(IsRow).Select(line => line[..line.IndexOf(':', StringComparison.Ordinal)])];

    private static bool IsRow(string line) => line.StartsWith("Lyra.", StringComparison.Ordinal);

    private static IEnumerable<string> MutableFields(Type type) => IsGenerated(type)
        ? []
        : type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
            .Where(field => !field.IsLiteral && !(field.IsInitOnly && IsImmutable(field.FieldType, [])))
            .Select(field => $"{type.FullName}.{NameOf(field)}");

    /// <summary>
    /// Closures and tables that the C# compiler makes. They are assigned once; if threads race, all assigned values are equivalent.
    /// </summary>
    private static bool IsGenerated(Type type) =>
        type.FullName!.Contains('<', StringComparison.Ordinal) || type.GetCustomAttribute<CompilerGeneratedAttribute>() is not null;

    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name;

    private static bool IsImmutable(Type type, HashSet<Type> assumed)
    {
        if (type.IsPrimitive || type.IsEnum || type.IsPointer || type.IsFunctionPointer
            || Immutable.Any(known => known.IsAssignableFrom(type))
            || (type.IsGenericType && ImmutableGenerics.Contains(type.GetGenericTypeDefinition()) && type.GetGenericArguments()
            .All(argument => IsImmutable(argument, assumed)))
            || !assumed.Add(type))
        {
            return true;
        }

        // An unsealed class may have a mutable subclass. A sealed class holds only the values of its fields.
        return (type.IsValueType || type.IsSealed) && !type.IsArray && type.Assembly.GetName()
            .Name!.StartsWith("Lyra", StringComparison.Ordinal)
            && Lineage(type).SelectMany(level =>
            level.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                .All(field => (field.IsInitOnly || type.IsValueType) && IsImmutable(field.FieldType, assumed));
    }

    private static IEnumerable<Type> Lineage(Type type)
    {
        for (Type? level = type; level is not null && level != typeof(object) && level != typeof(ValueType); level = level.BaseType)
        {
            yield return level;
        }
    }
}
