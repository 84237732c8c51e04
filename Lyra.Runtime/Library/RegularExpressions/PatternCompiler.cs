using System;
using System.Collections.Generic;
using System.Diagnostics;

namespace Lyra.Runtime.Library.RegularExpressions;

/// <summary>Turns the tree of a pattern into instructions.</summary>
internal sealed partial class PatternCompiler(PatternMemory memory, GroupTable groups)
{
    /// <summary>The bytes of a compiled pattern without its arrays, and of a group or text without its code units.</summary>
    private const int BytesOfPattern = 600;
    private const int BytesOfItem = 64;

    private readonly List<int> _code = [(int)MatchOp.Fail];
    private readonly List<string> _texts = [];
    private readonly List<CharacterSet> _sets = [];
    private readonly List<UnitMask> _masks = [];
    private readonly List<int[]> _tables = [];
    private readonly List<LoopScope?> _scopes = [null];
    private int _scope;
    private int _slots = groups.Count * CompiledPattern.SlotsPerGroup;
    private int _memoPoints;
    private int _runCount;
    private bool _dependsOnState;
    private bool _hasBalancing;

    public CompiledPattern Compile(PatternNode root, string pattern)
    {
        Emit(root, Follow.Final);
        Emit(MatchOp.Accept, 0);
        if (_hasBalancing)
        {
            NewSlots(1);
        }

        MatchStart start = MatchStart.Of(root, !_dependsOnState, memory);
        long bytes = BytesOf(pattern) + start.Bytes;
        memory.ChargeMemory(bytes);
        return new CompiledPattern
        {
            Text = pattern,
            Code = [.. _code],
            Texts = [.. _texts],
            Sets = [.. _sets],
            Masks = [.. _masks],
            Tables = [.. _tables],
            Scopes = _dependsOnState ? new LoopScope?[_scopes.Count] : [.. _scopes],
            RunCount = _runCount,
            Groups = groups,
            Start = start,
            LeadingRun = _dependsOnState ? 0 : FindLeadingRun(),
            IsPure = !_dependsOnState,
            HasBalancing = _hasBalancing,
            SlotCount = _slots,
            MemoPoints = _dependsOnState ? 0 : _memoPoints,
            Bytes = bytes,
        };
    }

    private long BytesOf(string pattern)
    {
        long bytes = BytesOfPattern + (2L * pattern.Length) + (4L * _code.Count) + ((long)groups.Count * BytesOfItem)
            + (24L * _masks.Count);
        foreach (string text in _texts)
        {
            bytes += BytesOfItem + (2L * text.Length);
        }

        foreach (CharacterSet set in _sets)
        {
            bytes += set.Bytes;
        }

        return bytes + ((long)_tables.Count * BytesOfTable) + ((long)_scopes.Count * LoopScope.Bytes);
    }

    /// <inheritdoc cref="CompiledPattern.LeadingRun"/>
    private int FindLeadingRun()
    {
        int at = 1;
        while ((MatchOp)_code[at] is MatchOp.Open or MatchOp.Assert)
        {
            at += 2;
        }

        return (MatchOp)(_code[at] & MatchFlags.OpMask) == MatchOp.Run && _code[at + 3] == int.MaxValue ? at : 0;
    }

    private void Emit(PatternNode node, in Follow follow)
    {
        memory.Charge(1);
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
                EmitSequence(node, follow);
                break;
            case PatternNodeKind.Alternation:
                EmitAlternation(node, follow);
                break;
            case PatternNodeKind.Group:
                Emit(node.Children[0], follow);
                break;
            case PatternNodeKind.Capture:
                EmitCapture(node, follow);
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
                EmitGroupCondition(node, follow);
                break;
            case PatternNodeKind.Condition:
                EmitCondition(node, follow);
                break;
            case PatternNodeKind.Loop:
                EmitLoop(node, follow);
                break;
            case PatternNodeKind.Beginning or PatternNodeKind.LineStart or PatternNodeKind.End or PatternNodeKind.EndOrNewline
                or PatternNodeKind.LineEnd or PatternNodeKind.SearchStart or PatternNodeKind.Boundary or PatternNodeKind.NoBoundary:
                _dependsOnState |= node.Kind == PatternNodeKind.SearchStart;
                Emit(MatchOp.Assert, 0, (int)node.Kind);
                break;
            default:
                throw new UnreachableException();
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

        memory.Charge(text.Length >> 4);
        Emit(MatchOp.Text, flags, _texts.Count);
        _texts.Add(text);
    }

    private int SetIndex(CharacterSet set)
    {
        _sets.Add(set);
        return _sets.Count - 1;
    }

    /// <summary>Emits the parts of a sequence, from right to left within a lookbehind.</summary>
    private void EmitSequence(PatternNode sequence, Follow follow)
    {
        List<PatternNode> parts = Merged(sequence);
        Follow[] follows = new Follow[parts.Count];
        for (int i = parts.Count - 1; i >= 0; i--)
        {
            follows[i] = sequence.IsRightToLeft ? Follow.Unknown : follow;
            follow = follow.Before(parts[i]);
        }

        for (int i = 0; i < parts.Count; i++)
        {
            Emit(parts[i], follows[i]);
        }
    }

    /// <summary>The parts of a sequence in the order of matching; adjacent texts become one.</summary>
    private List<PatternNode> Merged(PatternNode sequence)
    {
        List<PatternNode> parts = [];
        List<string> texts = [];
        memory.Charge(sequence.Children.Count);
        foreach (PatternNode child in sequence.Children)
        {
            if (child.Kind == PatternNodeKind.Text)
            {
                texts.Add(child.Text);
                continue;
            }

            Flush();
            parts.Add(child);
        }

        Flush();
        if (sequence.IsRightToLeft)
        {
            parts.Reverse();
        }

        return parts;

        void Flush()
        {
            if (texts.Count > 0)
            {
                parts.Add(new PatternNode(PatternNodeKind.Text, sequence.IsRightToLeft ? PatternOptions.RightToLeft : PatternOptions.None)
                {
                    Text = string.Concat(texts),
                });
                texts.Clear();
            }
        }
    }

    /// <summary>Lets the target of an instruction, which is its first operand, be the next instruction.</summary>
    private void Target(int address) => _code[address + 1] = _code.Count;

    private int NewSlots(int count)
    {
        _slots += count;
        return _slots - count;
    }

    private void EmitCapture(PatternNode node, in Follow follow)
    {
        if (node.Group is null && node.Balanced is null)
        {
            Emit(node.Children[0], follow);
            return;
        }

        int slot = NewSlots(1);
        Emit(MatchOp.Open, 0, slot);
        Emit(node.Children[0], node.Balanced is null ? follow : Follow.Unknown);
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
        Emit(node.Children[0], Follow.Final);
        Emit(end, 0, slot);
    }

    private void EmitNegativeLook(PatternNode node)
    {
        _dependsOnState = true;
        int slot = NewSlots(2);
        Emit(MatchOp.Hold, 0, slot);
        int end = EmitTry();
        Emit(node.Children[0], Follow.Final);
        Emit(MatchOp.CutAndFail, 0, slot);
        Target(end);
    }

    private void EmitGroupCondition(PatternNode node, in Follow follow)
    {
        _dependsOnState = true;
        int address = _code.Count;
        Emit(MatchOp.TestGroup, 0, 0, node.Group!.Value);
        EmitBranches(node, follow, address, 0);
    }

    private void EmitCondition(PatternNode node, in Follow follow)
    {
        _dependsOnState = true;
        int slot = NewSlots(2);
        Emit(MatchOp.Hold, 0, slot);
        int no = EmitTry();
        Emit(node.Children[0], Follow.Final);
        Emit(MatchOp.CutAndReturn, 0, slot);
        EmitBranches(node, follow, no, 1);
    }

    /// <summary>Emits the branches; the second one, which may be missing, is the target of an instruction.</summary>
    private void EmitBranches(PatternNode node, in Follow follow, int toSecond, int first)
    {
        Emit(node.Children[first], follow);
        int end = Emit(MatchOp.Jump, 0, 0);
        Target(toSecond);
        if (node.Children.Count > first + 1)
        {
            Emit(node.Children[first + 1], follow);
        }

        Target(end);
    }
}
