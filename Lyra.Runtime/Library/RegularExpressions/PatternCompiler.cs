using System;
using System.Collections.Generic;
using Lyra.Runtime.Execution;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>Turns the tree of a pattern into instructions.</summary>
internal sealed class PatternCompiler(ScriptContext context, GroupTable groups)
{
    /// <summary>The bytes of a compiled pattern without its arrays, and of a group or text without its units.</summary>
    private const int BytesOfPattern = 400;
    private const int BytesOfItem = 64;

    private readonly List<int> _code = [(int)MatchOp.Fail];
    private readonly List<string> _texts = [];
    private readonly List<CharacterSet> _sets = [];
    private int _slots = groups.Count * CompiledPattern.SlotsPerGroup;
    private int _memoPoints;
    private bool _dependsOnState;
    private bool _hasBalancing;

    public CompiledPattern Compile(PatternNode root)
    {
        Emit(root);
        Emit(MatchOp.Accept, 0);
        if (_hasBalancing)
        {
            NewSlots(1);
        }

        context.ChargeMemory(4L * _code.Count);
        long bytes = BytesOfPattern + (4L * _code.Count) + ((long)groups.Count * BytesOfItem);
        foreach (string text in _texts)
        {
            bytes += BytesOfItem + (2L * text.Length);
        }

        foreach (CharacterSet set in _sets)
        {
            bytes += set.Bytes;
        }

        return new CompiledPattern
        {
            Code = [.. _code],
            Texts = [.. _texts],
            Sets = [.. _sets],
            Groups = groups,
            Start = MatchStart.Of(root, !_dependsOnState),
            HasBalancing = _hasBalancing,
            SlotCount = _slots,
            MemoPoints = _dependsOnState ? 0 : _memoPoints,
            Bytes = bytes,
        };
    }

    private void Emit(PatternNode node)
    {
        context.Charge(1);
        switch (node.Kind)
        {
            case PatternNodeKind.Empty:
                break;
            case PatternNodeKind.Text:
                EmitText(node.Text, node.IsRightToLeft);
                break;
            case PatternNodeKind.Set:
                Emit(MatchOp.Set, DirectionOf(node), SetIndex(node.Set!));
                break;
            case PatternNodeKind.Reference:
                _dependsOnState = true;
                Emit(MatchOp.Reference, DirectionOf(node) | (node.IgnoresCase ? MatchFlags.IgnoreCase : 0), node.Group!.Value);
                break;
            case PatternNodeKind.Sequence:
                EmitSequence(node);
                break;
            case PatternNodeKind.Alternation:
                EmitAlternation(node.Children, 0);
                break;
            case PatternNodeKind.Group:
                Emit(node.Children[0]);
                break;
            case PatternNodeKind.Capture:
                EmitCapture(node);
                break;
            case PatternNodeKind.Atomic:
                EmitHeld(node, MatchOp.Cut);
                break;
            case PatternNodeKind.Look:
                EmitHeld(node, MatchOp.CutAndReturn);
                break;
            case PatternNodeKind.NegativeLook:
                EmitNegativeLook(node);
                break;
            case PatternNodeKind.GroupCondition:
                EmitGroupCondition(node);
                break;
            case PatternNodeKind.Condition:
                EmitCondition(node);
                break;
            case PatternNodeKind.Loop:
                EmitLoop(node);
                break;
            default:
                _dependsOnState |= node.Kind == PatternNodeKind.SearchStart;
                Emit(MatchOp.Assert, 0, (int)node.Kind);
                break;
        }
    }

    private static int DirectionOf(PatternNode node) => node.IsRightToLeft ? MatchFlags.RightToLeft : 0;

    /// <summary>Emits an instruction.</summary>
    /// <returns>Its address.</returns>
    private int Emit(MatchOp op, int flags, params ReadOnlySpan<int> operands)
    {
        int address = _code.Count;
        _code.Add((int)op | flags);
        _code.AddRange(operands);
        return address;
    }

    private void EmitText(string text, bool isRightToLeft)
    {
        int flags = isRightToLeft ? MatchFlags.RightToLeft : 0;
        if (text.Length == 1)
        {
            Emit(MatchOp.Unit, flags, text[0]);
            return;
        }

        context.Charge(text.Length >> 4);
        Emit(MatchOp.Text, flags, _texts.Count);
        _texts.Add(text);
    }

    private int SetIndex(CharacterSet set)
    {
        _sets.Add(set);
        return _sets.Count - 1;
    }

    /// <summary>Emits the parts of a sequence, adjacent texts as one, and from right to left within a lookbehind.</summary>
    private void EmitSequence(PatternNode sequence)
    {
        List<PatternNode> children = sequence.Children;
        int done = 0;
        while (done < children.Count)
        {
            int count = 1;
            while (done + count < children.Count && At(done).Kind == PatternNodeKind.Text && At(done + count).Kind == PatternNodeKind.Text)
            {
                count++;
            }

            if (count == 1)
            {
                Emit(At(done));
            }
            else
            {
                List<PatternNode> texts = children.GetRange(sequence.IsRightToLeft ? children.Count - done - count : done, count);
                EmitText(string.Concat(texts.ConvertAll(static node => node.Text)), sequence.IsRightToLeft);
            }

            done += count;
        }

        PatternNode At(int index) => children[sequence.IsRightToLeft ? children.Count - 1 - index : index];
    }

    private void EmitAlternation(List<PatternNode> alternatives, int first)
    {
        List<int> jumps = [];
        for (int i = first; i < alternatives.Count - 1; i++)
        {
            int next = EmitTry();
            Emit(alternatives[i]);
            jumps.Add(Emit(MatchOp.Jump, 0, 0));
            Target(next);
        }

        Emit(alternatives[^1]);
        jumps.ForEach(Target);
    }

    private int EmitTry() => Emit(MatchOp.Try, 0, 0, _memoPoints++);

    /// <summary>Lets the target of an instruction, which is its first operand, be the next instruction.</summary>
    private void Target(int address) => _code[address + 1] = _code.Count;

    private int NewSlots(int count)
    {
        _slots += count;
        return _slots - count;
    }

    private void EmitCapture(PatternNode node)
    {
        if (node.Group is null && node.Balanced is null)
        {
            Emit(node.Children[0]);
            return;
        }

        int slot = NewSlots(1);
        Emit(MatchOp.Open, 0, slot);
        Emit(node.Children[0]);
        if (node.Balanced is { } balanced)
        {
            _dependsOnState = true;
            _hasBalancing = true;
            Emit(MatchOp.Balance, 0, node.Group ?? -1, balanced, slot);
            return;
        }

        Emit(MatchOp.Close, 0, node.Group!.Value, slot);
    }

    private void EmitHeld(PatternNode node, MatchOp end)
    {
        _dependsOnState = true;
        int slot = NewSlots(2);
        Emit(MatchOp.Hold, 0, slot);
        Emit(node.Children[0]);
        Emit(end, 0, slot);
    }

    private void EmitNegativeLook(PatternNode node)
    {
        _dependsOnState = true;
        int slot = NewSlots(2);
        Emit(MatchOp.Hold, 0, slot);
        int end = EmitTry();
        Emit(node.Children[0]);
        Emit(MatchOp.CutAndFail, 0, slot);
        Target(end);
    }

    private void EmitGroupCondition(PatternNode node)
    {
        _dependsOnState = true;
        int address = _code.Count;
        Emit(MatchOp.TestGroup, 0, 0, node.Group!.Value);
        EmitBranches(node, address, 0);
    }

    private void EmitCondition(PatternNode node)
    {
        _dependsOnState = true;
        int slot = NewSlots(2);
        Emit(MatchOp.Hold, 0, slot);
        int no = EmitTry();
        Emit(node.Children[0]);
        Emit(MatchOp.CutAndReturn, 0, slot);
        EmitBranches(node, no, 1);
    }

    /// <summary>Emits the branches; the second one, which may be missing, is the target of an instruction.</summary>
    private void EmitBranches(PatternNode node, int toSecond, int first)
    {
        Emit(node.Children[first]);
        int end = Emit(MatchOp.Jump, 0, 0);
        Target(toSecond);
        if (node.Children.Count > first + 1)
        {
            Emit(node.Children[first + 1]);
        }

        Target(end);
    }

    private void EmitLoop(PatternNode node)
    {
        PatternNode body = node.Children[0];
        int flags = node.IsLazy ? MatchFlags.Lazy : 0;
        if (body.IsOneUnit)
        {
            CharacterSet set = body.Set ?? CharacterSet.Of(body.Text);
            Emit(MatchOp.Run, flags | DirectionOf(body), SetIndex(set), node.Min, node.Max, _memoPoints++);
        }
        else if (node.Max == 1)
        {
            EmitOptional(body, node.IsLazy);
        }
        else
        {
            _dependsOnState |= node.Min > 1 || node.Max < int.MaxValue || body.IsNullable;
            EmitCounted(node, flags);
        }
    }

    private void EmitOptional(PatternNode body, bool isLazy)
    {
        int address = EmitTry();
        if (isLazy)
        {
            int end = Emit(MatchOp.Jump, 0, 0);
            Target(address);
            Emit(body);
            Target(end);
            return;
        }

        Emit(body);
        Target(address);
    }

    private void EmitCounted(PatternNode node, int flags)
    {
        int slot = NewSlots(2);
        Emit(MatchOp.BeginLoop, 0, slot, node.Min);
        int toTest = node.Min == 0 ? Emit(MatchOp.Jump, 0, 0) : -1;
        int body = _code.Count;
        Emit(node.Children[0]);
        if (toTest >= 0)
        {
            Target(toTest);
        }

        Emit(MatchOp.EndLoop, flags, slot, node.Min, node.Max, body, _memoPoints++);
    }
}
