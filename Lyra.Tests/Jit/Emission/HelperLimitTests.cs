using System;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Objects;
using Lyra.Runtime.Values;
using Lyra.Tests.Harness;
using Shouldly;
using Xunit;
using static Lyra.Tests.Jit.Deoptimization.LimitsInRegionTests;
using Engine = Lyra.Interpreter.Execution.Interpreter;

namespace Lyra.Tests.Jit.Emission;

/// <summary>A helper that would exceed a limit exits the region without having charged or changed anything.</summary>
public sealed class HelperLimitTests
{
    private static readonly LyraLimits Limits = new() { MaxSteps = 1_000_000, MaxMemoryBytes = 1 << 20 };

    [Fact]
    public void Without_memory_nothing_is_allocated() => InRegion((interpreter, text) =>
    {
        interpreter.Memory.Left = 20;
        TextHelpers.ConcatStrs(interpreter, text, text).ShouldBeNull();
        TextHelpers.TextOfInt(interpreter, 1).ShouldBeNull();
        TextHelpers.TextOfValue(interpreter, TupleObject.Of([Value.FromInt(1)]), 0).ShouldBeNull();
        TextHelpers.JoinTwo(interpreter, text, 0, Tag.Int, 7).ShouldBeNull();
        TextHelpers.CutStr(interpreter, text, 1, 200).ShouldBeNull();
        Value[] pair = new Value[2];
        TableHelpers.MakeMap(interpreter, ref pair[0], 2).ShouldBeNull();
        AppendHelpers.MakeList(interpreter, ref pair[0], 2).ShouldBeNull();
        ShouldExit(OperatorHelpers.AddValues(interpreter, text, 0, text, 0));
        interpreter.Memory.Left.ShouldBe(20);
    });

    [Fact]
    public void Without_memory_no_container_grows() => InRegion((interpreter, text) =>
    {
        ListObject list = ListObject.Of(interpreter, [Value.FromInt(1), Value.FromInt(2)]);
        MapObject map = new();
        SetObject set = new();
        long memory = interpreter.Memory.Left = 20;
        AppendHelpers.AppendInt(interpreter, list, 3).ShouldBeFalse();
        AppendHelpers.AppendValue(interpreter, list, text, 0).ShouldBeFalse();
        AppendHelpers.AppendValue(interpreter, new ListObject(), text, 0).ShouldBeFalse();
        AppendHelpers.AppendBool(interpreter, new ListObject(), true).ShouldBeFalse();
        AppendHelpers.AppendFloat(interpreter, list, 0.5).ShouldBeFalse();
        ListHelpers.StoreElement(interpreter, list, 0, text, 0).ShouldBeFalse();
        TableHelpers.StoreAt(interpreter, map, -1, text, 0, null, 0).ShouldBeFalse();
        ShouldExit(TableHelpers.AddElement(interpreter, set, text, 0));
        (list.Count, list.Strategy, map.Count, set.Count).ShouldBe((2, ListStrategy.Ints, 0, 0));
        interpreter.Memory.Left.ShouldBe(memory);
    });

    [Fact]
    public void Without_steps_nothing_is_compared() => InRegion((interpreter, text) =>
    {
        interpreter.Budget.Left -= 1_000_000 - interpreter.StepsTaken;
        long taken = interpreter.StepsTaken;
        taken.ShouldBe(1_000_000);
        TupleObject tuple = TupleObject.Of([Value.FromInt(1), Value.FromInt(2)]);
        TupleObject same = TupleObject.Of([Value.FromInt(1), Value.FromInt(2)]);
        ShouldExit(OperatorHelpers.AreEqualTuples(interpreter, tuple, same));
        ShouldExit(TextHelpers.IsLessStr(interpreter, text, text));
        ShouldExit(TableHelpers.FindKey(interpreter, new MapObject(), tuple, 0));
        interpreter.StepsTaken.ShouldBe(taken);
    });

    [Fact]
    public void A_refill_during_a_run_counts_no_step() => InRegion((interpreter, _) =>
    {
        Shape hooked = TestShapes.Create("Hooked", ["x"], "__eq");
        Value instance = TestShapes.Instance(hooked, Value.Nil);
        TupleObject tuple = TupleObject.Of([Value.Nil, Value.Nil, Value.Nil, instance]);
        TupleObject other = TupleObject.Of([Value.Nil, Value.Nil, Value.Nil, instance]);
        interpreter.Budget.Granted -= interpreter.Budget.Left - 2;
        interpreter.Budget.Left = 2;
        long taken = interpreter.StepsTaken;
        ShouldExit(OperatorHelpers.AreEqualTuples(interpreter, tuple, other));
        interpreter.StepsTaken.ShouldBe(taken);
        interpreter.Budget.Left.ShouldBeGreaterThan(2);
    });

    private static void ShouldExit(in Value result) => result.Ref.ShouldBeSameAs(GuardedCalls.ExitTag);

    private static void InRegion(Action<Engine, ScriptString> test) => InRun(Limits, interpreter =>
    {
        interpreter.InRegion = true;
        test(interpreter, ScriptString.From(new string('x', 300)));
        interpreter.InRegion = false;
        interpreter.Memory.Left = 1 << 20;
    });
}
