using System;
using System.Collections.Generic;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>Runs of literal arms in a <c>match</c>.</summary>
/// <remarks>
/// A table maps a number or str to the first arm with that literal. Each arm with a guard has its own table, used when the guard fails,
/// which maps to the next arm with the same literal. Any other subject goes to the default of the table. From there, a value that equals no
/// literal goes directly to the arm after the run; every other value (a struct with <c>__eq</c>) is compared with the literals one by one.
/// </remarks>
internal sealed class SwitchEmitter(ProcEmitter proc) : AreaEmitter(proc)
{
    /// <summary>The kinds whose values can equal only literals in the table, if any.</summary>
    private static readonly SlotType[] UnequalTests = Array.ConvertAll<SlotKind, SlotType>(
        [
            SlotKind.Int, SlotKind.Float, SlotKind.Str, SlotKind.Bool, SlotKind.Nil,
            SlotKind.List, SlotKind.Tuple, SlotKind.Map, SlotKind.Set, SlotKind.Range, SlotKind.Bytes,
        ],
        static kind => new SlotType(kind, false, []));

    public void EmitSwitch(SwitchRun run, int subject, BranchValue value)
    {
        Label others = Code.NewLabel();
        Label miss = Code.NewLabel();
        Label[] bodies = NewLabels(run.Length);
        Label[] tests = NewLabels(run.Length + 1);
        GrowableArray<KeyValuePair<Value, Label>>[] tables = TablesOf(run, bodies, miss);
        Code.At(run[0].Pattern.Span);
        Code.EmitWide(Opcode.Switch, subject, Code.AddSwitch(tables[^1], others));
        for (int i = 0; i < run.Length; i++)
        {
            int mark = Registers.Top;
            Label guardFailed = Code.NewLabel();
            Code.Bind(bodies[i]);
            BindNames(run[i].Pattern, subject);
            Proc.Matches.EmitGuardAndBody(run[i], value, guardFailed);
            Registers.Top = mark;
            if (run[i].Guard is null) continue;
            Code.Bind(guardFailed);
            Code.At(run[i].Pattern.Span);
            Code.EmitWide(Opcode.Switch, subject, Code.AddSwitch(tables[i], tests[i + 1]));
        }

        Code.Bind(others);
        EmitUnequalTests(subject, miss);
        EmitLiteralTests(run, subject, bodies, tests);
        Code.Bind(miss);
    }

    private Label[] NewLabels(int count)
    {
        Label[] labels = new Label[count];
        for (int i = 0; i < count; i++) labels[i] = Code.NewLabel();
        return labels;
    }

    /// <summary>
    /// The tables: for each arm with a guard, the one to use if the guard fails, which maps to the next arm with the same literal or past
    /// the run; last, the table of the whole run.
    /// </summary>
    private GrowableArray<KeyValuePair<Value, Label>>[] TablesOf(SwitchRun run, Label[] bodies, Label miss)
    {
        GrowableArray<KeyValuePair<Value, Label>>[] tables = new GrowableArray<KeyValuePair<Value, Label>>[run.Length + 1];
        Dictionary<object, int> indexes = [];
        GrowableArray<KeyValuePair<Value, Label>> next = new();
        for (int i = run.Length - 1; i >= 0; i--)
        {
            tables[i] = new();
            Dictionary<object, Value> keys = KeysOf(run, i);
            foreach ((object key, Value literal) in keys)
            {
                if (run[i].Guard is null) continue;
                bool isRepeated = indexes.TryGetValue(key, out int index);
                tables[i].Add(new(literal, isRepeated ? next[index].Value : miss));
            }

            foreach ((object key, Value literal) in keys)
            {
                if (indexes.TryAdd(key, next.Count)) next.Add(default);
                next[indexes[key]] = new(literal, bodies[i]);
            }
        }

        next.AsSpan().Reverse();
        tables[^1] = next;
        return tables;
    }

    private Dictionary<object, Value> KeysOf(SwitchRun run, int arm)
    {
        Owner.Meter.Count(CompilationMeter.Arm);
        Dictionary<object, Value> keys = [];
        foreach (Expression literal in run.LiteralsOf(arm))
        {
            Owner.Meter.Count(CompilationMeter.Key);
            Evaluator.TryEvaluate(literal, out Value value);
            keys.TryAdd(SwitchKeys.Of(value)!, SwitchKeys.Canonical(value));
        }

        return keys;
    }

    /// <summary>Binds the names given by <c>as</c>. The subject is known to equal the literal.</summary>
    private void BindNames(Pattern pattern, int subject)
    {
        if (pattern is not AsPattern named) return;
        BindNames(named.Pattern, subject);
        Proc.Patterns.BindCopy(Module.SymbolOf(named), subject);
    }

    private void EmitUnequalTests(int subject, Label miss)
    {
        int mark = Registers.Top;
        int result = Registers.Reserve();
        foreach (SlotType test in UnequalTests)
        {
            Code.Emit(Opcode.TestType, result, subject, Limits.Fit(Tables.TypeIndex(test), "types"));
            Code.EmitJump(Opcode.JumpIf, miss, result);
        }

        Registers.Top = mark;
    }

    /// <summary>Emits comparisons with the literals one by one.</summary>
    /// <param name="run">The arms.</param>
    /// <param name="subject">The register of the subject.</param>
    /// <param name="bodies">The code of each arm.</param>
    /// <param name="tests">The labels to bind: the first test of each arm, and last, the code after all tests have failed.</param>
    private void EmitLiteralTests(SwitchRun run, int subject, Label[] bodies, Label[] tests)
    {
        for (int i = 0; i < run.Length; i++)
        {
            Code.Bind(tests[i]);
            foreach (Expression literal in run.LiteralsOf(i))
            {
                Proc.Patterns.EmitLiteralTest(literal, subject, bodies[i], jumpsIfEqual: true);
            }
        }

        Code.Bind(tests[^1]);
    }
}
