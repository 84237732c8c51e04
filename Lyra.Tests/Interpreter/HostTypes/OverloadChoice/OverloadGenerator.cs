using System;
using System.Collections.Generic;
using System.Linq;

namespace Lyra.Tests.Interpreter.HostTypes.OverloadChoice;

/// <summary>
/// Makes classes with overloads of a method <c>F</c>, and calls of it whose arguments have a type in C# that corresponds to the script's
/// value. Each overload returns its number.
/// </summary>
/// <remarks>
/// Left out is what has no counterpart in C#: an overload that takes an argument by a conversion of which C# knows nothing (an int to an
/// enum, a float to a decimal or to a narrower float, a text to an enum where there is also a <c>string</c>, a collection by a copy); int
/// and long in one set, because a script's int is either; and what a <c>params</c> parameter gets as a whole.
/// </remarks>
internal sealed class OverloadGenerator(int seed)
{
    private static readonly string[] Names = ["a", "b", "c"];

    private readonly Random _random = new(seed);

    /// <summary>One class with the calls of its method.</summary>
    /// <param name="Number">Its number, which is in its name.</param>
    /// <param name="Source">The class in C#, and the one that it derives from.</param>
    /// <param name="Calls">The calls.</param>
    public sealed record OverloadedClass(int Number, string Source, Call[] Calls);

    /// <summary>A call of the method.</summary>
    /// <param name="CSharp">The arguments in C#.</param>
    /// <param name="Script">The arguments in a script.</param>
    public sealed record Call(string CSharp, string Script);

    /// <summary>A parameter of an overload.</summary>
    private sealed record Parameter(string Type, string Name, bool IsOptional, bool IsRest)
    {
        public string Source => $"{(IsRest ? "params " : "")}{Type}{(IsRest ? "[]" : "")} {Name}{(IsOptional ? " = default" : "")}";
    }

    /// <summary>An argument: in C# a variable or literal of the type that it has there.</summary>
    private sealed record Argument(string Type, string CSharp, string Script);

    public OverloadedClass Next(int number)
    {
        string integer = OneOf("int", "long");
        bool hasFractions = _random.Next(2) == 0;
        string[] types =
        [
            "object", "string", integer, integer + "?", "bool", "Grade", "int[]", "List<int>", "IEnumerable<int>", "IShape", "Shape",
            "Circle", .. hasFractions ? (string[])["double", "float", "decimal"] : [OneOf("double", "float")],
        ];
        types = [.. types.OrderBy(_ => _random.Next()).Take(_random.Next(2, 7))];
        int length = _random.Next(2) == 0 ? _random.Next(1, 4) : 0;
        List<Parameter[]> overloads = [];
        for (int tries = 0; tries < 20 && (overloads.Count < 2 || (overloads.Count < 6 && _random.Next(4) > 0)); tries++)
        {
            Parameter[] parameters = ParametersOf(types, length > 0 ? length : _random.Next(1, 4));
            if (!overloads.Exists(other => other.Select(TypeOf).SequenceEqual(parameters.Select(TypeOf))))
            {
                overloads.Add(parameters);
            }
        }

        int inherited = _random.Next(4) == 0 ? _random.Next(1, overloads.Count) : 0;
        string source = $"public class B{number} {{ {Methods(overloads, 0, inherited)} }}\n"
            + $"public class C{number} : B{number} {{ {Methods(overloads, inherited, overloads.Count)} }}\n";
        return new OverloadedClass(number, source, CallsOf(overloads, integer, hasFractions));
    }

    private static string TypeOf(Parameter parameter) => parameter.IsRest ? parameter.Type + "[]" : parameter.Type;

    private static string Methods(List<Parameter[]> overloads, int from, int to) => string.Concat(
        Enumerable.Range(from, to - from).Select(
            i => $"public string F({string.Join(", ", overloads[i].Select(static p => p.Source))}) => \"{i}\"; "));

    private Parameter[] ParametersOf(string[] types, int length)
    {
        string[] names = _random.Next(3) == 0 ? [.. Names.OrderBy(_ => _random.Next())] : Names;
        Parameter[] parameters = new Parameter[length];
        bool hasRest = _random.Next(6) == 0;
        int required = _random.Next(3) == 0 ? _random.Next(parameters.Length + 1) : parameters.Length;
        for (int i = 0; i < parameters.Length; i++)
        {
            bool isRest = hasRest && i == parameters.Length - 1;
            parameters[i] = new Parameter(OneOf(types), names[i], i >= required && !isRest, isRest);
        }

        return parameters;
    }

    private Call[] CallsOf(List<Parameter[]> overloads, string integer, bool hasFractions)
    {
        Argument[] arguments =
        [
            new(integer, "integer" + integer, "7"), new("string", "text", "\"abc\""), new("null", "null", "nil"),
            new("bool", "flag", "true"),
            new("Grade", "grade", "\"Good\""), new("Circle", "circle", "circle"), new("Shape", "shape", "shape"),
            new("List<int>", "list", "list"), new("int[]", "array", "array"),
            .. hasFractions ? (Argument[])[] : FloatOf(overloads),
        ];
        List<Call> calls = [];
        for (int tries = 0; tries < 100 && calls.Count < 6; tries++)
        {
            Parameter[] meant = overloads[_random.Next(overloads.Count)];
            int count = Math.Max(1, meant.Length - (_random.Next(4) == 0 ? 1 : 0));
            Argument[] chosen = [.. meant.Take(count).Select(parameter => ArgumentFor(parameter, arguments))];
            int named = overloads.Exists(HasRest) || _random.Next(4) > 0 ? 0 : _random.Next(1, chosen.Length + 1);
            string[] names = [.. Names.OrderBy(_ => _random.Next()).Take(named)];
            if (overloads.TrueForAll(overload => Corresponds(overload, chosen, names)))
            {
                calls.Add(new Call(Join(chosen, names, static a => a.CSharp), Join(chosen, names, static a => a.Script)));
            }
        }

        return [.. calls.Distinct()];
    }

    /// <summary>Mostly one that may fit, so that a call has several candidates.</summary>
    private Argument ArgumentFor(Parameter parameter, Argument[] arguments) => OneOf(
        [.. arguments.Where(a => _random.Next(6) == 0 || MayFit(a.Type, parameter.Type)).DefaultIfEmpty(arguments[0])]);

    private static bool HasRest(Parameter[] overload) => overload[^1].IsRest;

    /// <summary>A script's float is a float in C# where the overloads have floats, and otherwise a double.</summary>
    private static Argument[] FloatOf(List<Parameter[]> overloads)
    {
        string type = overloads.Exists(static overload => Array.Exists(overload, static p => p.Type == "float")) ? "float" : "double";
        return [new Argument(type, "number" + type, "1.5")];
    }

    private static string Join(Argument[] arguments, string[] names, Func<Argument, string> text) => string.Join(
        ", ",
        arguments.Select((a, i) => i < arguments.Length - names.Length ? text(a)
            : $"{names[i - arguments.Length + names.Length]}: {text(a)}"));

    /// <summary>Whether an argument may fit a parameter, so that a call has several candidates.</summary>
    private static bool MayFit(string argument, string type) => argument == type || type == "object" || type switch
    {
        "string" or "int?" or "long?" => argument is "null" or "int" or "long",
        "float" or "double" or "decimal" => argument is "int" or "long" or "float" or "double",
        "IEnumerable<int>" => argument is "List<int>" or "int[]" or "null",
        "IShape" or "Shape" => argument is "Circle" or "Shape" or "null",
        "Circle" or "List<int>" or "int[]" => argument == "null",
        _ => false,
    };

    /// <summary>Whether an overload takes the arguments by conversions of C# or not at all.</summary>
    private static bool Corresponds(Parameter[] overload, Argument[] arguments, string[] names)
    {
        for (int i = 0; i < arguments.Length; i++)
        {
            int positional = arguments.Length - names.Length;
            Parameter? parameter = i >= positional ? Array.Find(overload, p => p.Name == names[i - positional])
                : i < overload.Length ? overload[i]
                : overload[^1].IsRest ? overload[^1] : null;
            if (parameter is not null && !Corresponds(parameter, arguments[i].Type))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Corresponds(Parameter parameter, string argument) => (argument, parameter.Type) switch
    {
        ("int" or "long", "Grade") => false,
        ("Grade", "string") => false,
        ("List<int>", "int[]") or ("int[]", "List<int>") => false,
        ("null" or "int[]", _) when parameter.IsRest => false,
        _ => true,
    };

    private T OneOf<T>(params T[] items) => items[_random.Next(items.Length)];
}
