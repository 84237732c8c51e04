using System;
using System.Collections.Generic;
using System.Linq;
using Lyra.Interpreter.Compilation.Symbols;
using Lyra.Interpreter.Syntax.Ast;

namespace Lyra.Analysis;

/// <summary>
/// Loops. What is known at the head of a loop is what is true before it and after each iteration. It is found by walks of the body whose
/// reports do not count, as long as the types change; within several loops, all that the body assigns counts as unknown instead.
/// </summary>
internal sealed partial class Walker
{
    private const int MaxTrials = 3;

    /// <summary>The loops around a loop, up to which its types are inferred; each level multiplies the work.</summary>
    private const int MaxLoops = 3;

    private void WalkWhile(WhileStatement loop)
    {
        bool isEndless = loop.Condition is BoolLiteral { Value: true };
        LoopFrame frame = WalkLoop(loop, loop.Label, () =>
        {
            EvaluateCondition(loop.Condition);
            Narrowing.Apply(this, loop.Condition, isTrue: true);
            WalkBlock(loop.Body, isValue: false);
        });
        if (!frame.HasBreak)
        {
            Narrowing.Apply(this, loop.Condition, isTrue: false);
        }

        LeaveLoop(frame);
        State.IsDead |= isEndless && !frame.HasBreak;
    }

    private void WalkFor(ForStatement loop)
    {
        KnownType iterable = Evaluate(loop.Iterable);
        KnownType element = IterationRules.ElementOf(this, loop.Iterable, iterable);
        LoopFrame frame = WalkLoop(loop, loop.Label, () =>
        {
            if (loop.Second is null)
            {
                Bind(loop.First, element);
            }
            else
            {
                bool hasKeys = iterable.IsAny || iterable.Has(ValueKind.Map) || iterable.Has(ValueKind.Struct);
                Bind(loop.First, hasKeys ? KnownType.Any : KnownType.Int);
                Bind(loop.Second, hasKeys ? KnownType.Any : element);
            }

            WalkBlock(loop.Body, isValue: false);
        });
        LeaveLoop(frame);
    }

    /// <summary>Walks the body of a loop, and leaves the state as it is at the head of the loop.</summary>
    private LoopFrame WalkLoop(Statement loop, string? label, Action body)
    {
        Symbol[] assigned = [.. _module.Usages.AssignedIn(loop).Where(IsTracked).Where(symbol => State.Find(symbol) is not null)];
        if (assigned.Length > 0 && !FindHead(label, assigned, body))
        {
            Forget(assigned);
        }

        return WalkOnce(label, assigned, body);
    }

    /// <summary>Finds the types at the head of a loop; false if they have not become stable.</summary>
    private bool FindHead(string? label, Symbol[] assigned, Action body)
    {
        if (_frame.Loops.Count >= MaxLoops)
        {
            return false;
        }

        for (int i = 0; i < MaxTrials; i++)
        {
            KnownType? collected = _frame.Collected;
            KnownType? results = _frame.Results;
            _frame.Trials++;
            LoopFrame frame = WalkOnce(label, assigned, body);
            _frame.Trials--;
            _frame.Collected = collected;
            _frame.Results = results;
            bool isStable = true;
            foreach (Symbol symbol in assigned)
            {
                KnownType before = Current(symbol);
                KnownType after = before.Join(frame.AtContinue.GetValueOrDefault(symbol, KnownType.Never));
                isStable &= after.IsSame(before);
                State.Set(symbol, after);
            }

            if (isStable)
            {
                return true;
            }
        }

        return false;
    }

    private LoopFrame WalkOnce(string? label, Symbol[] assigned, Action body)
    {
        FlowState outer = State;
        LoopFrame frame = new(label, assigned);
        _frame.Loops.Push(frame);
        State = Branch();
        body();
        NoteTypes(frame.Assigned, frame.AtContinue);
        State = outer;
        _frame.Loops.Pop();
        return frame;
    }

    private void WalkExit(string? label, bool isBreak)
    {
        LoopFrame? frame = _frame.Loops.FirstOrDefault(loop => label is null || loop.Label == label);
        if (frame is not null && !State.IsDead)
        {
            frame.HasBreak |= isBreak;
            NoteTypes(frame.Assigned, isBreak ? frame.AtBreak : frame.AtContinue);
        }

        State.IsDead = true;
    }

    private void NoteTypes(IEnumerable<Symbol> assigned, Dictionary<Symbol, KnownType> types)
    {
        if (State.IsDead)
        {
            return;
        }

        foreach (Symbol symbol in assigned)
        {
            types[symbol] = types.GetValueOrDefault(symbol, KnownType.Never).Join(Current(symbol));
        }
    }

    private void LeaveLoop(LoopFrame frame)
    {
        foreach ((Symbol symbol, KnownType type) in frame.AtBreak)
        {
            State.Set(symbol, Current(symbol).Join(type));
        }
    }
}
