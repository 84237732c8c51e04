using System.Collections.Generic;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// Runs of literal arms. Numbers and strs go through a table to the first arm that takes them, and through one of its own from each arm whose guard
/// refuses to the next. Any other subject comes to a table's default, where what can equal no literal goes on to the arm behind the run at once,
/// and the rest (a struct with <c>__eq</c>) meets the literals one by one.
/// </summary>
internal sealed partial class ProcEmitter
{
    /// <summary>Kinds of which no value equals a literal that is not in the table.</summary>
    private static readonly SlotType[] UnequalTests = System.Array.ConvertAll<SlotKind, SlotType>(
        [
            SlotKind.Int, SlotKind.Float, SlotKind.Str, SlotKind.Bool, SlotKind.Nil,
            SlotKind.List, SlotKind.Tuple, SlotKind.Map, SlotKind.Set, SlotKind.Range, SlotKind.Bytes,
        ],
        static kind => new SlotType(kind, false, []));

    private void EmitSwitch(SwitchRun run, int subject, int target, SlotType? wanted, Label end, ref StaticType? type)
    {
        Label others = _code.NewLabel();
        Label miss = _code.NewLabel();
        Label[] bodies = NewLabels(run.Length);
        Label[] tests = NewLabels(run.Length + 1);
        List<KeyValuePair<Value, Label>>[] tables = TablesOf(run, bodies, miss);
        At(run[0].Pattern.Span);
        _code.EmitWide(Opcode.Switch, subject, _code.AddSwitch(tables[^1], others));
        for (int i = 0; i < run.Length; i++)
        {
            int mark = _top;
            Label refused = _code.NewLabel();
            _code.Bind(bodies[i]);
            BindNames(run[i].Pattern, subject);
            EmitTaken(run[i], target, wanted, refused, end, ref type);
            _top = mark;
            if (run[i].Guard is null) continue;
            _code.Bind(refused);
            At(run[i].Pattern.Span);
            _code.EmitWide(Opcode.Switch, subject, _code.AddSwitch(tables[i], tests[i + 1]));
        }

        _code.Bind(others);
        EmitUnequalTests(subject, miss);
        EmitLiteralTests(run, subject, bodies, tests);
        _code.Bind(miss);
    }

    private Label[] NewLabels(int count)
    {
        Label[] labels = new Label[count];
        for (int i = 0; i < count; i++) labels[i] = _code.NewLabel();
        return labels;
    }

    /// <summary>
    /// For each arm with a guard the table that leads on when the guard refuses, to the next arm with the same literal or behind the run; last, the
    /// table of the whole run.
    /// </summary>
    private List<KeyValuePair<Value, Label>>[] TablesOf(SwitchRun run, Label[] bodies, Label miss)
    {
        List<KeyValuePair<Value, Label>>[] tables = new List<KeyValuePair<Value, Label>>[run.Length + 1];
        OrderedDictionary<object, KeyValuePair<Value, Label>> next = [];
        for (int i = run.Length - 1; i >= 0; i--)
        {
            tables[i] = [];
            Dictionary<object, Value> keys = KeysOf(run, i);
            foreach ((object key, Value literal) in keys)
            {
                if (run[i].Guard is not null) tables[i].Add(new(literal, next.TryGetValue(key, out KeyValuePair<Value, Label> later) ? later.Value : miss));
            }

            foreach ((object key, Value literal) in keys) next[key] = new(literal, bodies[i]);
        }

        tables[^1] = [.. next.Values];
        tables[^1].Reverse();
        return tables;
    }

    private Dictionary<object, Value> KeysOf(SwitchRun run, int arm)
    {
        Dictionary<object, Value> keys = [];
        foreach (Expression literal in run.LiteralsOf(arm))
        {
            _evaluator.TryEvaluate(literal, out Value value);
            keys.TryAdd(SwitchKeys.Of(value)!, SwitchKeys.Canonical(value));
        }

        return keys;
    }

    /// <summary>Binds what <c>as</c> names; the literals have been found equal.</summary>
    private void BindNames(Pattern pattern, int subject)
    {
        if (pattern is not AsPattern named) return;
        BindNames(named.Pattern, subject);
        BindCopy(_module.SymbolOf(named), subject);
    }

    private void EmitUnequalTests(int subject, Label miss)
    {
        int mark = _top;
        int result = Reserve();
        foreach (SlotType test in UnequalTests)
        {
            _code.Emit(Opcode.TestType, result, subject, Fit(TypeIndex(test), "types"));
            _code.EmitJump(Opcode.JumpIf, miss, result);
        }

        _top = mark;
    }

    /// <summary>The run's literals one by one; <paramref name="tests"/> is where those of each arm begin, and last, where all have failed.</summary>
    private void EmitLiteralTests(SwitchRun run, int subject, Label[] bodies, Label[] tests)
    {
        for (int i = 0; i < run.Length; i++)
        {
            _code.Bind(tests[i]);
            foreach (Expression literal in run.LiteralsOf(i)) EmitLiteralTest(literal, subject, bodies[i], jumpsIfEqual: true);
        }

        _code.Bind(tests[^1]);
    }
}
