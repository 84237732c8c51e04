using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Text;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;

namespace Lyra.Tests.Census;

/// <summary>The public API equals <c>PublicApi.txt</c>, so that it changes only on purpose.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly string[] Assemblies = ["Lyra.Runtime", "Lyra.Jit", "Lyra.Interpreter"];
    private static readonly NullabilityInfoContext Nullability = new();

    [Fact]
    public void Public_API_is_the_one_written_down() =>
        Bless.Compare(Describe(), Repository.PathOf("Lyra.Tests", "Census", "PublicApi.txt"));

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
            foreach (string member in Members(type).Order(StringComparer.Ordinal))
            {
                text.Append("    ").Append(member).Append('\n');
            }
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

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), null)}");
        }
        return type.GetConstructors(Declared).Where(IsVisible).Select(constructor => $"{Access(constructor)}new({Parameters(constructor)})")
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily)
                .Select(field => $"{Static(field.IsStatic)}{Name(field.FieldType)} {field.Name}"))
            .Concat(type.GetProperties(Declared).Where(property => property.GetAccessors(true).Any(IsVisible)).Select(Property))
            .Concat(type.GetEvents(Declared).Where(one => IsVisible(one.AddMethod!))
                .Select(one => $"event {Name(one.EventHandlerType!)} {one.Name}"))
            .Concat(type.GetMethods(Declared).Where(method => IsVisible(method) && IsWritten(method)).Select(Method));
    }

    private static string Property(PropertyInfo property)
    {
        MethodInfo? setter = property.SetMethod is { } method && IsVisible(method) ? method : null;
        bool isInit = setter?.ReturnParameter.GetRequiredCustomModifiers().Length > 0;
        string index =
            string.Join(", ", property.GetIndexParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));
        string nullable = Nullability.Create(property).ReadState == NullabilityState.Nullable && !property.PropertyType.IsValueType ? "?"
            : "";
        string accessors = (property.GetMethod is { } getter && IsVisible(getter) ? "get; " : "")
            + (setter is null ? "" : isInit ? "init; " : "set; ");
        return $"{Static(property.GetAccessors(true)[0].IsStatic)}{Name(property.PropertyType)}{nullable} "
            + $"{property.Name}{(index.Length > 0 ? $"[{index}]" : "")} {{ {accessors}}}";
    }

    private static string Method(MethodInfo method)
    {
        string generic = method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";
        bool isNullable = !method.ReturnType.IsValueType && Nullability.Create(method.ReturnParameter)
            .ReadState == NullabilityState.Nullable;
        string result = Name(method.ReturnType) + (isNullable ? "?" : "");
        return $"{Access(method)}{Static(method.IsStatic)}{result} {method.Name}{generic}({Parameters(method)})";
    }

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter =>
            $"{(parameter.IsOut ? "out " : parameter.IsIn ? "in " : "")}{Name(parameter.ParameterType)}"
            + (Nullability.Create(parameter).WriteState == NullabilityState.Nullable && !parameter.ParameterType.IsValueType ? "?" : "")
            + $" {parameter.Name}{(parameter.HasDefaultValue ? " = " + (parameter.DefaultValue ?? "null") : "")}"));

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    // Operators are members of their own; the other special names are accessors of properties and events.
    private static bool IsWritten(MethodInfo method) =>
        (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal))
            && !method.Name.Contains('<', StringComparison.Ordinal);

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Static(bool isStatic) => isStatic ? "static " : "";

    private static string Name(Type type)
    {
        if (type.IsByRef)
        {
            return Name(type.GetElementType()!);
        }
        if (type.IsArray)
        {
            return Name(type.GetElementType()!) + "[]";
        }
        if (Nullable.GetUnderlyingType(type) is { } inner)
        {
            return Name(inner) + "?";
        }
        string name = type.IsNested && !type.IsGenericParameter ? $"{Name(type.DeclaringType!)}.{type.Name}" : type.Name;
        return type.IsGenericType ? $"{name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : name;
    }
}
