using System;
using System.Collections.Generic;
using Lyra.Interpreter.Compilation.Resolution;
using Lyra.Interpreter.Syntax;
using Lyra.Interpreter.Syntax.Ast;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Execution;
using Lyra.Runtime.Memory;
using Lyra.Runtime.Values;

namespace Lyra.Interpreter.Compilation.Emission;

/// <summary>
/// The switch tables of arms with literals. One maps each literal to the first arm that has it; for each arm, another one maps its literals
/// to the next arm that has them, for when the arm fails after all.
/// </summary>
internal sealed class SwitchTables
{
    private readonly GrowableArray<KeyValuePair<Value, Label>>[] _after;

    private SwitchTables(int count)
    {
        _after = new GrowableArray<KeyValuePair<Value, Label>>[count];
        All = new();
    }

    /// <summary>The first arm of each literal.</summary>
    public GrowableArray<KeyValuePair<Value, Label>> All { get; }

    /// <summary>For each literal of an arm, the next arm with the same one, or the label that was given as the miss.</summary>
    public GrowableArray<KeyValuePair<Value, Label>> After(int arm) => _after[arm];

    /// <param name="arms">The arms.</param>
    /// <param name="starts">The labels of the arms.</param>
    /// <param name="miss">Where to go if no arm is left.</param>
    /// <param name="meter">Counts the work.</param>
    /// <param name="evaluator">Evaluates the literals.</param>
    public static SwitchTables Of(LiteralArms arms, Label[] starts, Label miss, WorkMeter meter, ConstantEvaluator evaluator)
    {
        SwitchTables result = new(arms.Count);
        Dictionary<object, int> indexes = [];
        for (int i = arms.Count - 1; i >= 0; i--)
        {
            meter.Count(CompilationCosts.Arm);
            GrowableArray<KeyValuePair<Value, Label>> after = result._after[i] = new();
            foreach ((object key, Value literal) in KeysOf(arms, i, meter, evaluator))
            {
                bool isNew = indexes.TryAdd(key, result.All.Count);
                if (isNew)
                {
                    result.All.Add(default);
                }

                after.Add(new(literal, isNew ? miss : result.All[indexes[key]].Value));
                result.All[indexes[key]] = new(literal, starts[i]);
            }
        }

        result.All.AsSpan().Reverse();
        return result;
    }

    private static Dictionary<object, Value> KeysOf(LiteralArms arms, int arm, WorkMeter meter, ConstantEvaluator evaluator)
    {
        Dictionary<object, Value> keys = [];
        foreach (Expression literal in arms.Literals[arm])
        {
            meter.Count(CompilationCosts.Key);
            evaluator.TryEvaluate(literal, out Value value);
            keys.TryAdd(SwitchKeys.Of(value)!, SwitchKeys.Canonical(value));
        }

        return keys;
    }
}
