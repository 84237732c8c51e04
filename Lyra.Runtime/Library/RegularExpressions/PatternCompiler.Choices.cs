using System.Collections.Generic;
using System.Linq;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>
/// Alternations and loops. Where what must come next decides between two paths, no choice point is made: it would fail at once.
/// </summary>
internal sealed partial class PatternCompiler
{
    /// <summary>The fewest alternatives for which a table is made.</summary>
    private const int MinSwitch = 4;

    /// <summary>The most different lists of a table in which an alternative occurs, on average.</summary>
    private const int MaxPlaces = 4;

    /// <summary>The entries of a table: the code units below 128, any other code unit, and the end.</summary>
    private const int TableSize = 130;

    /// <summary>
    /// The most states of the loops around a part of a pattern whose choices are remembered, the most of these loops, and the most memories
    /// of runs.
    /// </summary>
    private const int MaxStates = 1024;
    private const int MaxLoops = 16;
    private const int MaxRuns = 65_536;

    private const int BytesOfTable = 32 + (4 * TableSize);

    private void EmitAlternation(PatternNode node, in Follow follow)
    {
        List<PatternNode> alternatives = node.Children;
        UnitMask[] masks = new UnitMask[alternatives.Count];
        for (int i = 0; i < masks.Length; i++)
        {
            masks[i] = follow.Entering(alternatives[i]);
        }

        memory.Charge(masks.Length);
        List<int> jumps = [];
        if (masks.Length >= MinSwitch && SwitchOf(masks) is { } lists)
        {
            EmitSwitch(alternatives, lists, follow, jumps);
        }
        else
        {
            EmitInTurn(alternatives, masks, follow, jumps);
        }

        jumps.ForEach(Target);
    }

    private void EmitInTurn(List<PatternNode> alternatives, UnitMask[] masks, in Follow follow, List<int> jumps)
    {
        // The second mask of a fork is that of all later alternatives.
        UnitMask[] rest = new UnitMask[masks.Length];
        for (int i = masks.Length - 2; i >= 0; i--)
        {
            rest[i] = rest[i + 1] | masks[i + 1];
        }

        for (int i = 0; i < alternatives.Count - 1; i++)
        {
            int next = EmitFork(masks[i], rest[i]);
            Emit(alternatives[i], follow);
            jumps.Add(Emit(MatchOp.Jump, 0, 0));
            Target(next);
        }

        Emit(alternatives[^1], follow);
    }

    /// <summary>
    /// For each entry of a table, the alternatives that can match, in order. Null if there are too many for all entries together.
    /// </summary>
    private List<int>[]? SwitchOf(UnitMask[] masks)
    {
        List<int>[] lists = new List<int>[TableSize];
        int total = 0;
        for (int entry = 0; entry < TableSize; entry++)
        {
            List<int> list = Admitting(masks, entry);
            if (entry > 0 && list.SequenceEqual(lists[entry - 1]))
            {
                lists[entry] = lists[entry - 1];
                continue;
            }

            lists[entry] = list;
            total += list.Count;
            if (total > MaxPlaces * masks.Length)
            {
                return null;
            }
        }

        memory.ChargeMemory(4L * total);
        return ReferenceEquals(lists[0], lists[^1]) && lists[0].Count == masks.Length ? null : lists;
    }

    private List<int> Admitting(UnitMask[] masks, int entry)
    {
        memory.Charge(masks.Length);
        List<int> list = [];
        for (int i = 0; i < masks.Length; i++)
        {
            if (Admits(masks[i], entry))
            {
                list.Add(i);
            }
        }

        return list;
    }

    private static bool Admits(in UnitMask mask, int entry) => entry switch
    {
        < 128 => mask.Contains((char)entry),
        128 => mask.Others != 0,
        _ => mask.HasEnd,
    };

    /// <summary>Emits each alternative once, and for each list of alternatives the choice between them.</summary>
    private void EmitSwitch(List<PatternNode> alternatives, List<int>[] lists, in Follow follow, List<int> jumps)
    {
        int[] table = new int[TableSize];
        Emit(MatchOp.Switch, 0, _tables.Count);
        _tables.Add(table);
        int[] bodies = new int[alternatives.Count];
        for (int i = 0; i < bodies.Length; i++)
        {
            bodies[i] = _code.Count;
            Emit(alternatives[i], follow);
            jumps.Add(Emit(MatchOp.Jump, 0, 0));
        }

        for (int entry = 0; entry < TableSize; entry++)
        {
            table[entry] = entry > 0 && ReferenceEquals(lists[entry], lists[entry - 1])
                ? table[entry - 1]
                : EmitChoice(lists[entry], bodies);
        }
    }

    /// <summary>Emits the choice between alternatives.</summary>
    /// <returns>Its address; 0 if there is no alternative.</returns>
    private int EmitChoice(List<int> list, int[] bodies)
    {
        if (list.Count < 2)
        {
            return list.Count == 0 ? 0 : bodies[list[0]];
        }

        int address = _code.Count;
        for (int i = 0; i < list.Count - 1; i++)
        {
            int next = EmitTry();
            Emit(MatchOp.Jump, 0, bodies[list[i]]);
            Target(next);
        }

        Emit(MatchOp.Jump, 0, bodies[list[^1]]);
        return address;
    }

    private int EmitTry() => Emit(MatchOp.Try, 0, 0, NewPoint(), _scope);

    /// <summary>Emits a choice between what follows it and a target, each of which needs what its mask admits.</summary>
    private int EmitFork(in UnitMask here, in UnitMask target) => here.IsEverything && target.IsEverything
        ? EmitTry()
        : Emit(MatchOp.Fork, 0, 0, NewPoint(), _scope, MaskIndex(here), MaskIndex(target));

    /// <summary>Numbers a choice point, once for each state of the loops around.</summary>
    private int NewPoint()
    {
        int point = _memoPoints;
        _memoPoints += (int)(_scopes[_scope]?.States ?? 1);
        return point;
    }

    private int MaskIndex(in UnitMask mask)
    {
        _masks.Add(mask);
        return _masks.Count - 1;
    }

    private void EmitLoop(PatternNode node, in Follow follow)
    {
        PatternNode body = node.Children[0];
        int flags = node.IsLazy ? MatchFlags.Lazy : 0;
        if (body.IsOneUnit)
        {
            EmitRun(node, body, flags, follow);
        }
        else if (node.Max == 1)
        {
            EmitOptional(body, node.IsLazy, follow);
        }
        else if (node.Max == int.MaxValue && node.Min <= 1 && !body.IsNullable)
        {
            EmitEndless(node, body, follow);
        }
        else
        {
            EmitCounted(node, flags, follow);
        }
    }

    private void EmitRun(PatternNode node, PatternNode body, int flags, in Follow follow)
    {
        CharacterSet set = body.Set ?? CharacterSet.Of(body.Text);
        memory.Charge(body.Set is null ? CharacterSet.StepsToMake : 0);
        bool isPossessive = follow.IsFinal || (!node.IsLazy && NeedsWholeRun(set, node.Min, follow));
        bool hasMask = !isPossessive && !follow.Mask.IsEverything;
        Emit(MatchOp.Run, flags | DirectionOf(body) | (isPossessive ? MatchFlags.Possessive : 0), SetIndex(set), node.Min, node.Max,
            hasMask ? MaskIndex(follow.Mask) : -1, _runCount, isPossessive ? 0 : NewPoint(), _scope);
        _runCount += (int)(_scopes[_scope]?.Counts ?? 1);
        _dependsOnState |= _runCount > MaxRuns;
    }

    /// <summary>Whether the rest of the pattern fails within a run of code units, so that the run need not give up any.</summary>
    private static bool NeedsWholeRun(CharacterSet set, int min, in Follow follow) =>
        !UnitMask.Of(set).Overlaps(follow.Mask) || (follow.IsBoundary && min > 0 && set.IsWithinWords);

    private void EmitOptional(PatternNode body, bool isLazy, in Follow follow)
    {
        if (isLazy)
        {
            int toBody = EmitFork(follow.Mask, follow.Entering(body));
            int end = Emit(MatchOp.Jump, 0, 0);
            Target(toBody);
            Emit(body, follow);
            Target(end);
            return;
        }

        int address = EmitFork(follow.Entering(body), follow.Mask);
        Emit(body, follow);
        Target(address);
    }

    /// <summary>Emits a loop that needs no state: without a maximum, and with a body that matches at least one code unit.</summary>
    private void EmitEndless(PatternNode node, PatternNode body, in Follow follow)
    {
        UnitMask entering = body.First.Mask;
        Follow again = new(entering | follow.Mask, false, false);
        int toTest = node.Min == 0 ? Emit(MatchOp.Jump, 0, 0) : -1;
        int start = _code.Count;
        Emit(body, again);
        if (toTest >= 0)
        {
            Target(toTest);
        }

        if (node.IsLazy)
        {
            _code[EmitFork(follow.Mask, entering) + 1] = start;
            return;
        }

        int end = EmitFork(entering, follow.Mask);
        Emit(MatchOp.Jump, 0, start);
        Target(end);
    }

    /// <summary>
    /// Emits a loop that keeps the number of its iterations and where the current one began, because an empty iteration ends it.
    /// </summary>
    private void EmitCounted(PatternNode node, int flags, in Follow follow)
    {
        PatternNode repeated = node.Children[0];
        int slot = NewSlots(2);
        (int afterwards, int outer) = (NewPoint(), _scope);
        Emit(MatchOp.BeginLoop, 0, slot, node.Min);
        int toTest = node.Min == 0 ? Emit(MatchOp.Jump, 0, 0) : -1;
        int body = _code.Count;
        _scope = NewScope(new LoopScope(_scopes[outer], slot, LoopScope.CountsOf(node.Min, node.Max), repeated.IsNullable));
        (int iteration, int inner) = (NewPoint(), _scope);
        Emit(repeated, new Follow(repeated.First.Mask | follow.Mask, false, false));
        _scope = outer;
        if (toTest >= 0)
        {
            Target(toTest);
        }

        Emit(MatchOp.EndLoop, flags, slot, node.Min, node.Max, body, afterwards, outer, iteration, inner);
    }

    /// <summary>The index of a scope, or of the current one if there are too many states to remember anything.</summary>
    private int NewScope(LoopScope scope)
    {
        if (scope.States > MaxStates || scope.Loops > MaxLoops)
        {
            _dependsOnState = true;
            return _scope;
        }

        _scopes.Add(scope);
        return _scopes.Count - 1;
    }
}
