using System.Collections.Generic;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Runs of literal arms. Ints and strs go through a table. Any other subject comes to the table's default, where what can equal no literal goes
/// on to the next arm at once, a float goes through the table as the int it is equal to, and the rest (a struct with <c>__eq</c>) meets the
/// literals one by one.
/// </summary>
internal sealed partial class ProcEmitter
{
    private static readonly SlotType FloatTest = new(SlotKind.Float, false, []);

    /// <summary>Kinds of which no value equals an int or a str that is not in the table.</summary>
    private static readonly SlotType[] UnequalTests =
        [new(SlotKind.Int, false, []), new(SlotKind.Str, false, []), new(SlotKind.Bool, false, []), new(SlotKind.Nil, false, [])];

    private void EmitSwitch(SwitchRun run, int subject, int target, SlotType? wanted, Label end, ref StaticType? type)
    {
        Label others = _code.NewLabel();
        Label miss = _code.NewLabel();
        List<KeyValuePair<Value, Label>> cases = [];
        HashSet<(string?, System.Numerics.BigInteger)> known = [];
        At(run.Arms[run.Start].Pattern.Span);
        _code.EmitWide(Opcode.Switch, subject, _code.AddSwitch(cases, others));
        for (int i = run.Start; i < run.Start + run.Length; i++)
        {
            Label body = _code.BindNew();
            foreach (Expression literal in SwitchRun.LiteralsOf(run.Arms[i])) AddCase(cases, known, literal, body);
            Merge(ref type, EmitArmBody(run.Arms[i].Body, target, wanted));
            _code.EmitJump(Opcode.Jump, end);
        }

        _code.Bind(others);
        EmitSwitchDefault(cases, subject, miss);
        _code.Bind(miss);
    }

    private void AddCase(List<KeyValuePair<Value, Label>> cases, HashSet<(string?, System.Numerics.BigInteger)> known, Expression literal, Label body)
    {
        _evaluator.TryEvaluate(literal, out Value value);
        bool isNew = known.Add(((value.Ref as ScriptString)?.Text, value.IsAnyInt ? value.AsBig : default));
        if (isNew) cases.Add(new(value, body));
    }

    private void EmitSwitchDefault(List<KeyValuePair<Value, Label>> cases, int subject, Label miss)
    {
        int mark = _top;
        int result = Reserve();
        Label floats = _code.NewLabel();
        bool hasInts = cases.Exists(static c => c.Key.IsAnyInt);
        _code.Emit(Opcode.TestType, result, subject, Fit(TypeIndex(FloatTest), "types"));
        _code.EmitJump(Opcode.JumpIf, hasInts ? floats : miss, result);
        foreach (SlotType test in UnequalTests)
        {
            _code.Emit(Opcode.TestType, result, subject, Fit(TypeIndex(test), "types"));
            _code.EmitJump(Opcode.JumpIf, miss, result);
        }

        foreach (KeyValuePair<Value, Label> literal in cases) EmitEqualityJump(literal.Key, subject, literal.Value, jumpsIfEqual: true);
        _code.EmitJump(Opcode.Jump, miss);
        _code.Bind(floats);
        if (hasInts) EmitFloatSwitch(cases, subject, result, miss);
        _top = mark;
    }

    private void EmitFloatSwitch(List<KeyValuePair<Value, Label>> cases, int subject, int result, Label miss)
    {
        long least = long.MaxValue;
        long greatest = long.MinValue;
        foreach (KeyValuePair<Value, Label> literal in cases)
        {
            if (literal.Key.IsInt)
            {
                least = System.Math.Min(least, literal.Key.AsInt);
                greatest = System.Math.Max(greatest, literal.Key.AsInt);
            }
            else if (literal.Key.IsAnyInt)
            {
                EmitEqualityJump(literal.Key, subject, literal.Value, jumpsIfEqual: true);
            }
        }

        if (least > greatest) return;
        int end = Reserve();
        LoadConstant(Value.FromInt(least), result);
        LoadConstant(Value.FromInt(greatest), end);
        _code.Emit(Opcode.NewRangeInclusive, result, result, end);
        _code.Emit(Opcode.TestRange, result, subject, result);
        _code.EmitJump(Opcode.JumpIfNot, miss, result);
        Move(end, subject);
        _code.Emit(Opcode.CallBuiltin, result, Fit(_owner.BuiltinIndex("toint"), "builtins"), 1);
        _code.EmitWide(Opcode.Switch, result, _code.AddSwitch(cases, miss));
    }
}
