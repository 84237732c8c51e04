using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Errors;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Lyra.Tests.Harness.Conformance;
using Lyra.Tests.Harness.Programs;
using Lyra.Tests.Jit.Deoptimization;
using Shouldly;
using Xunit;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Jit.Emission;

/// <summary>
/// A helper does what the interpreter does for the same operands, with the same charges. If the interpreter would raise an error or run a
/// hook, the helper exits the region without any effect instead.
/// </summary>
public sealed class RegionHelperTests : IDisposable
{
    /// <summary>The meaning of each helper, as a script proc of its operands.</summary>
    private static readonly Dictionary<string, string> Meanings = new()
    {
        ["AddValues"] = "a + b",
        ["SubtractValues"] = "a - b",
        ["MultiplyValues"] = "a * b",
        ["DivideValues"] = "a / b",
        ["RemainderOfValues"] = "a % b",
        ["RaiseValue"] = "a ** b",
        ["AndValues"] = "a & b",
        ["OrValues"] = "a | b",
        ["XorValues"] = "a ^ b",
        ["ShiftValueLeft"] = "a << b",
        ["ShiftValueRight"] = "a >> b",
        ["NegateValue"] = "-a",
        ["ComplementValue"] = "~a",
        ["AreEqualValues"] = "a == b",
        ["AreEqualTuples"] = "a == b",
        ["IsLessValue"] = "a < b",
        ["IsLessOrEqualValue"] = "a <= b",
        ["AreIdenticalValues"] = "a is b",
        ["CountKeys"] = "length(a)",
        ["AddElement"] = "a.add(b)",
        ["CutList"] = "a[b..c]",
        ["IsInRange"] = "b in a",
        ["LengthOfBytes"] = "length(a)",
        ["ReadElement"] = "a[b]",
        ["StoreElement"] = "{ a[b] = c }",
        ["AppendValue"] = "{ a.push(b) }",
        ["AppendInt"] = "{ a.push(b) }",
        ["AppendFloat"] = "{ a.push(b) }",
        ["TakeLast"] = "a.pop()",
        ["ReadIndex"] = "a[b]",
        ["StoreIndex"] = "{ a[b] = c }",
        ["CutSlice"] = "a[b..c]",
        ["ContainsItem"] = "b in a",
        ["LengthOf"] = "length(a)",
        ["ConcatStrs"] = "a + b",
        ["AreEqualStrs"] = "a == b",
        ["IsLessStr"] = "a < b",
        ["IsLessOrEqualStr"] = "a <= b",
        ["CutStr"] = "a[b..c]",
        ["TextOfInt"] = "tostring(a)",
        ["TextOfFloat"] = "tostring(a)",
        ["TextOfValue"] = "\"${a}\"",
        ["JoinTwo"] = "\"${a}${b}\"",
        ["JoinThree"] = "\"${a}${b}${c}\"",
        ["JoinFour"] = "\"${a}${b}${c}${d}\"",
    };

    /// <summary>Helpers that must be called before another one, because they charge for it.</summary>
    private static readonly Dictionary<string, RegionHelper> Charges = new() { ["AreEqualStrs"] = RegionHelpers.ChargeTexts };

    private const string Values = """
        import math
        struct Plain { x }
        struct Hooked {
            x
            proc __add(self, o) { return 1 }
            proc __eq(self, o) { return true }
            proc __hash(self) { return 1 }
            proc __lt(self, o) { return true }
            proc __le(self, o) { return true }
            proc __str(self) { return "hooked" }
            proc __len(self) { return 3 }
            proc __neg(self) { return 1 }
            proc __index(self, i) { return i }
            proc __setindex(self, i, v) { }
        }
        var plain = Plain(1)
        var long = "0123456789" * 30
        proc values() {
            var typed: [float] = [1.5]
            var bytesTyped: [u8] = [1, 2]
            var named: {str: int} = {"a": 1}
            return [
                nil, true, false, 0, 1, 2, -1, 3, 63, 64, 2 ** 62, -(2 ** 63), 10 ** 30, 0.0, 1.0, 2.5, -1.5, 1e300, 1.0 / 0, 0.0 / 0,
                "", "a", "b", "ab", "é", "ü1", long, long + "x" + "y", long + "x", [], [1], [1, 2, 3, 4], [1.5, 2.5], [true, false], ["a", 1, nil], [[1], "a"],
                (), (1, 2), (1, (2.0, "a")), (1, [2]), {}, {"a": 1, "b": 2}, {1: "x", 2.5: nil, true: 3, nil: 4, (1, 2): 5},
                set([]), set([1, "a"]), 0..5, 1..3, 0..0, typed, bytesTyped, named, plain, Hooked(1), [Hooked(1)], (1, Hooked(1)), {"h": Hooked(2)},
                length, ord, math.floor, math.pow, values, bytes([1, 2, 3])]
        }
        """;

    private readonly LyraEngine _engine = Scripts.Engine(TextWriter.Null, jit: JitMode.Off);
    private readonly Engine _interpreter;

    public RegionHelperTests()
    {
        _interpreter = SingleRuns.InterpreterOf(_engine);
        _engine.Run(Values);
    }

    public static TheoryData<string> Names => [.. IrTexts.Helpers.Keys];

    public static TheoryData<string> NamesWithMeaning => [.. Meanings.Keys];

    public void Dispose() => _engine.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void The_row_of_a_helper_says_what_the_mark_of_its_method_says(string name)
    {
        RegionHelper helper = IrTexts.Helpers[name];
        RegionHelperAttribute mark = helper.Owner.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)
            .ShouldNotBeNull().GetCustomAttribute<RegionHelperAttribute>().ShouldNotBeNull();

        (helper.Result, helper.Effects, helper.Reads, helper.Writes).ShouldBe((mark.Result, mark.Effects, mark.Reads, mark.Writes));
        (helper.IsTotal, helper.Bytes, helper.Range).ShouldBe((mark.IsTotal, mark.Bytes, new Interval(mark.Min, mark.Max)));
    }

    [Theory]
    [MemberData(nameof(NamesWithMeaning))]
    public void A_helper_behaves_as_the_interpreter(string name)
    {
        RegionHelper helper = IrTexts.Helpers[name];
        Type[] operands = OperandsOf(helper);
        Value meaning = Define(Meanings[name], operands.Length);
        int values = ((ListObject)Call("values").Ref!).Count;
        int compared = 0;
        foreach (int[] choice in Choices(operands.Length, values))
        {
            compared += Compare(helper, operands, meaning, choice) ? 1 : 0;
        }

        compared.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_fits_its_method(string name)
    {
        RegionHelper helper = IrTexts.Helpers[name];
        bool exits = (helper.Effects & IrEffects.Exits) != 0;
        Type expected = helper.Result switch
        {
            IrType.Any => typeof(Value),
            IrType.None => exits ? typeof(bool) : typeof(void),
            _ => IrTypes.ClrType(helper.Result),
        };
        helper.Method.Info.ReturnType.ShouldBe(expected);
        if (exits)
        {
            (helper.Result is IrType.Any or IrType.None || IrTypes.IsObject(helper.Result) || helper.Result == IrType.Builder)
                .ShouldBeTrue("there is no other way to say that it exits");
        }
    }

    /// <summary>Indices of operands: all pairs; for more operands, combinations from a fixed seed.</summary>
    private static IEnumerable<int[]> Choices(int count, int values)
    {
        if (count == 0)
        {
            return [[]];
        }

        IEnumerable<int> all = Enumerable.Range(0, values);
        if (count == 1)
        {
            return all.Select(a => new[] { a });
        }

        if (count == 2)
        {
            return all.SelectMany(_ => Enumerable.Range(0, values), (a, b) => new[] { a, b });
        }

        Random random = new(count);
        return Enumerable.Range(0, 1_500).Select(_ => Enumerable.Range(0, count).Select(_ => random.Next(values)).ToArray());
    }

    /// <summary>Runs the helper and the interpreter on fresh operands; false if the helper does not accept such operands.</summary>
    private bool Compare(RegionHelper helper, Type[] operands, in Value meaning, int[] choice)
    {
        Value[] ours = Fresh(choice);
        if (!ours.Zip(operands).All(pair => Takes(pair.Second, pair.First)))
        {
            return false;
        }

        Value[] theirs = Fresh(choice);
        Outcome expected = Interpret(meaning, theirs);
        Outcome outcome = Run(helper, ours);
        string what = $"{helper.Name}({string.Join(", ", theirs.Select(Text))})";
        if (outcome.Text is not null)
        {
            outcome.ShouldBe(expected, what);
            Text(ours).ShouldBe(Text(theirs), what);
            return true;
        }

        bool mayExit = expected.Text is null || ours.Any(IsHooked) || IsWidening(helper, ours);
        mayExit.ShouldBeTrue($"{what} leaves, but it gives {expected.Text}");
        outcome.Steps.ShouldBe(0, what);
        outcome.Bytes.ShouldBe(0, what);
        Text(ours).ShouldBe(Text(Fresh(choice)), what);
        return true;
    }

    /// <summary>Whether an append changes the storage strategy of a list, which some helpers leave to the interpreter.</summary>
    private static bool IsWidening(RegionHelper helper, Value[] operands) =>
        helper.Name.StartsWith("Append", StringComparison.Ordinal) && operands[0].Ref is ListObject { Count: > 0 } list
        && (list.ElementType is not null || list.Strategy != ListObject.StrategyOf(operands[1]));

    private static bool IsHooked(Value value) => value.Ref switch
    {
        StructObject { Shape.Name: "Hooked" } => true,
        ListObject list => Enumerable.Range(0, list.Count).Any(i => IsHooked(list.Get(i))),
        TupleObject tuple => tuple.Items.ToArray().Any(IsHooked),
        MapObject map => map.TryGetText("h", out _),
        _ => false,
    };

    private long MemoryLeft => _interpreter.Memory.Left + _interpreter.Memory.Withheld;

    private readonly record struct Outcome(string? Text, long Steps, long Bytes);

    private Outcome Interpret(in Value meaning, Value[] operands)
    {
        Closure closure = (Closure)meaning.Ref!;
        long steps = _interpreter.StepsTaken;
        long memory = MemoryLeft;
        string? text;
        try
        {
            Value result = _interpreter.Invoke(meaning, operands);
            (steps, memory) = (_interpreter.StepsTaken - steps, memory - MemoryLeft);
            text = Text(result);
        }
        catch (ScriptErrorException)
        {
            text = null;
        }

        return new Outcome(text, steps - closure.Prototype.EntryCost, memory);
    }

    private Outcome Run(RegionHelper helper, Value[] operands)
    {
        object?[] arguments = [.. ArgumentsOf(helper, operands)];
        long steps = _interpreter.StepsTaken;
        long memory = MemoryLeft;
        _interpreter.InRegion = true;
        if (Charges.TryGetValue(helper.Name, out RegionHelper? charge))
        {
            charge.Method.Info.Invoke(null, [.. ArgumentsOf(charge, operands)]);
        }

        object? result = helper.Method.Info.Invoke(null, arguments);
        _interpreter.InRegion = false;
        (steps, memory) = (_interpreter.StepsTaken - steps, memory - MemoryLeft);
        bool exits = (helper.Effects & IrEffects.Exits) != 0;
        Value? value = result switch
        {
            Value { Ref: string tag } when ReferenceEquals(tag, GuardedCalls.ExitTag) => null,
            Value any => any,
            null => null,
            bool done when exits => done ? Value.Nil : null,
            bool flag => Value.FromBool(flag),
            long number => Value.FromInt(number),
            _ => Value.FromObject((ScriptObject)result),
        };
        return new Outcome(value is { } given ? Text(given) : null, steps, memory);
    }

    private IEnumerable<object?> ArgumentsOf(RegionHelper helper, Value[] operands)
    {
        if (helper.TakesContext)
        {
            yield return _interpreter;
        }

        Type[] types = OperandsOf(helper);
        for (int i = 0; i < types.Length; i++)
        {
            if (types[i] == typeof(Value))
            {
                yield return operands[i].Ref;
                yield return operands[i].Bits;
            }
            else
            {
                yield return types[i] == typeof(long) ? operands[i].Bits : types[i] == typeof(double) ? operands[i].AsFloat
                    : operands[i].Ref;
            }
        }
    }

    /// <summary>The operands of a helper; a reference followed by its bits counts as one operand of type Value.</summary>
    private static Type[] OperandsOf(RegionHelper helper)
    {
        List<Type> types = [];
        foreach (ParameterInfo parameter in helper.Method.Info.GetParameters().Skip(helper.TakesContext ? 1 : 0))
        {
            if (types.Count > 0 && types[^1] == typeof(object))
            {
                types[^1] = typeof(Value);
            }
            else
            {
                types.Add(parameter.ParameterType);
            }
        }

        return [.. types];
    }

    private static bool Takes(Type type, in Value value) =>
        type == typeof(Value)
            || (type == typeof(long) ? value.IsInt : type == typeof(double) ? value.IsFloat : type.IsInstanceOfType(value.Ref));

    private Value Define(string meaning, int count)
    {
        string parameters = string.Join(", ", "abcd".Take(count));
        string body = meaning.StartsWith("{ ", StringComparison.Ordinal) ? meaning : $"{{ return {meaning} }}";
        _engine.Run($"proc meaning({parameters}) {body}");
        return _engine.Globals["meaning"].Raw;
    }

    private Value[] Fresh(int[] choice)
    {
        Value[] fresh = new Value[choice.Length];
        for (int i = 0; i < fresh.Length; i++)
        {
            fresh[i] = ((ListObject)Call("values").Ref!).Get(choice[i]);
        }

        return fresh;
    }

    private Value Call(string name) => _interpreter.Invoke(_engine.Globals[name].Raw, []);

    private static string Text(Value[] values) => string.Join("; ", values.Select(Text));

    private static string Text(Value value) => value.IsUnset ? "unset" : new LyraValue(value).ToString();
}
