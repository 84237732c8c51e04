using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Census;

/// <summary>
/// The classes around the interpreter get the parts that they use: its frames, its limits, or one of its roles. A class that held all of it
/// would depend on every other part, and nobody could see which of them it uses.
/// </summary>
public sealed class InterpreterUseTests
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
        | BindingFlags.DeclaredOnly;

    /// <summary>
    /// Classes that hold or get the whole interpreter, each for a reason. HostCalls begins and ends each call of the host:
    /// through the sealed class, the CLR inlines what it calls.
    /// </summary>
    private static readonly string[] Users = ["HostCalls"];

    [Fact]
    public void Classes_around_the_interpreter_do_not_get_all_of_it()
    {
        Type[] types = [.. typeof(Engine).Assembly.GetTypes().Where(type => type.Namespace == typeof(Engine).Namespace)];
        string[] found =
        [
            .. types.Where(type => OutermostOf(type) != typeof(Engine))
                .Where(type => Uses(type).Contains(typeof(Engine)))
                .Select(type => OutermostOf(type).Name)
                .Distinct(),
        ];

        types.Length.ShouldBeGreaterThan(40, "the classes are in another namespace: look there");
        found.Except(Users).ShouldBeEmpty("give these classes the parts that they use");
        Users.Except(found).ShouldBeEmpty("these classes don't get the interpreter: remove them from Users");
    }

    /// <summary>The types of the fields of a type, those of its closures included, and of the parameters of its methods.</summary>
    private static IEnumerable<Type> Uses(Type type) =>
    [
        .. type.GetFields(Declared).Select(field => field.FieldType),
        .. type.GetConstructors(Declared).Concat<MethodBase>(type.GetMethods(Declared))
            .SelectMany(method => method.GetParameters())
            .Select(parameter => parameter.ParameterType.IsByRef ? parameter.ParameterType.GetElementType()! : parameter.ParameterType),
    ];

    private static Type OutermostOf(Type type) => type.DeclaringType is { } outer ? OutermostOf(outer) : type;
}
