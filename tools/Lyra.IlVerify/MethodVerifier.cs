using System;
using System.Collections.Generic;
using Lyra.IlVerify.Flow;
using Lyra.IlVerify.Reading;
using Lyra.IlVerify.Reports;
using Lyra.IlVerify.Rules;
using Lyra.IlVerify.Types;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Lyra.IlVerify;

/// <summary>
/// Verifies a method: a worklist over the blocks computes the types before every reachable basic block up to a fixed point (ECMA-335
/// III.1.8.1.3). A last pass over each block then reports errors. Unreachable code is not verified.
/// </summary>
internal sealed class MethodVerifier
{
    private readonly MethodFrame _frame;
    private readonly StackState?[] _entries;
    private readonly Queue<int> _work = new();
    private readonly MessageList _messages;
    private Instruction? _at;

    public MethodVerifier(MethodDefinition method)
    {
        _frame = new MethodFrame(method);
        _entries = new StackState?[_frame.Leaders.Length];
        _messages = new MessageList(method);
    }

    private int Count => _frame.Body.Instructions.Count;

    /// <summary>Verifies the method. Its verification ends at an instruction whose operand cannot be read or resolved.</summary>
    public IReadOnlyList<Message> Verify()
    {
        try
        {
            Run();
        }
        catch (Exception e) when (Damage.IsCauseOf(e))
        {
            _messages.IsOn = true;
            _messages.Add(_at is null ? VerifierError.BadMetadata : VerifierError.TokenResolve, _at);
        }

        return _messages.All;
    }

    private void Run()
    {
        _messages.IsOn = true;
        if (Count == 0)
        {
            _messages.Add(VerifierError.CodeSizeZero, null);
            return;
        }

        if (!Members.IsConsistent(_frame.Method))
        {
            _messages.Add(VerifierError.BadMetadata, null);
            return;
        }

        if (RegionCheck.Find(_frame) is { } found)
        {
            _messages.Add(found.Error, found.At);
            return;
        }

        _messages.IsOn = false;
        do
        {
            _frame.HasLearned = false;
            Solve();
        }
        while (_frame.HasLearned);

        Report();
    }

    private void Solve()
    {
        Array.Clear(_entries);
        _entries[0] = new StackState { IsThisInitialized = !_frame.MustInitializeThis };
        _work.Enqueue(0);
        while (_work.TryDequeue(out int start))
        {
            RunBlock(start);
        }
    }

    private void Report()
    {
        _messages.IsOn = true;
        if (_frame.Body.HasVariables && !_frame.Body.InitLocals)
        {
            _messages.Add(VerifierError.InitLocals, _frame.Body.Instructions[0]);
        }

        CheckDeclarations();
        for (int i = 0; i < Count; i++)
        {
            if (_frame.Leaders[i] && _entries[i] is not null)
            {
                RunBlock(i);
            }
        }
    }

    private void CheckDeclarations()
    {
        Step first = new(_frame, new StackState(), _frame.Body.Instructions[0], 0, _messages);
        foreach (VariableDefinition local in _frame.Body.Variables)
        {
            TokenRules.CheckDeclared(first, local.VariableType);
        }

        foreach (ExceptionHandler row in _frame.Body.ExceptionHandlers)
        {
            if (row.HandlerType == ExceptionHandlerType.Catch)
            {
                TokenRules.CheckDeclared(first, row.CatchType);
            }
        }
    }

    private void RunBlock(int start)
    {
        StackState state = _entries[start]!.Copy();
        EnterProtectedBlocks(start, state);
        for (int i = start; i < Count; i++)
        {
            Instruction instruction = _frame.Body.Instructions[i];
            _at = instruction;
            Apply(new Step(_frame, state, instruction, i, _messages));
            if (Leaders.EndsBlock(instruction))
            {
                FollowTargets(i, instruction, state);
                if (instruction.OpCode.FlowControl != FlowControl.Cond_Branch)
                {
                    return;
                }
            }

            if (i + 1 == Count)
            {
                _messages.Add(VerifierError.MethodFallthrough, instruction);
            }
            else if (_frame.Leaders[i + 1])
            {
                Flow(i, i + 1, Transfer.Fallthrough, state);
                return;
            }
        }
    }

    private static void Apply(Step step)
    {
        TokenRules.Check(step);
        RuleTable.Apply(step);
        int most = step.Frame.Body.MaxStackSize;
        if (step.State.Depth > most)
        {
            step.Fail(VerifierError.StackOverflow, $"{step.State.Depth} values", $"{most} values");
        }
    }

    /// <summary>An exception may occur at once, so the handlers of a protected block start with the state at its beginning.</summary>
    private void EnterProtectedBlocks(int start, StackState state)
    {
        foreach (Region region in _frame.Regions.All)
        {
            if (region.Kind != RegionKind.Try || region.Start != start)
            {
                continue;
            }

            if (state.Depth > 0)
            {
                _messages.Add(VerifierError.TryNonEmptyStack, _frame.Body.Instructions[start]);
            }

            foreach (Region handler in _frame.Regions.HandlersOf(region))
            {
                EnterHandler(start, handler, state);
            }
        }
    }

    private void EnterHandler(int from, Region handler, StackState state)
    {
        if (handler.Start >= Count)
        {
            return;
        }

        StackState entry = new() { IsThisInitialized = state.IsThisInitialized };
        if (handler.Kind == RegionKind.Filter || handler.Handler.HandlerType == ExceptionHandlerType.Filter)
        {
            entry.Push(VerificationType.Reference(_frame.Method.Module.TypeSystem.Object));
        }
        else if (handler.Kind == RegionKind.Catch)
        {
            entry.Push(CatchType(handler));
        }

        MergeInto(from, handler.Start, entry);
    }

    private VerificationType CatchType(Region handler)
    {
        TypeReference caught = handler.Handler.CatchType;
        if (caught is ByReferenceType or PointerType || TypeFacts.IsValueType(caught))
        {
            _messages.Add(VerifierError.CatchByRef, _frame.Body.Instructions[handler.Start], caught.FullName);
        }

        return VerificationType.Reference(caught);
    }

    private void FollowTargets(int index, Instruction instruction, StackState state)
    {
        Transfer transfer = instruction.OpCode.Code is Code.Leave or Code.Leave_S ? Transfer.Leave : Transfer.Branch;
        foreach (Instruction? target in Leaders.TargetsOf(instruction))
        {
            int to = _frame.IndexOf(target);
            if (to == Count || target!.Previous is { OpCode.OpCodeType: OpCodeType.Prefix })
            {
                _messages.Add(VerifierError.BadJumpTarget, instruction);
                continue;
            }

            Flow(index, to, transfer, state);
        }
    }

    private void Flow(int from, int to, Transfer transfer, StackState state)
    {
        if (_frame.Regions.Check(from, to, transfer) is { } error)
        {
            _messages.Add(error, _frame.Body.Instructions[from]);
            return;
        }

        MergeInto(from, to, state);
    }

    private void MergeInto(int from, int to, StackState state)
    {
        if (_entries[to] is not { } entry)
        {
            _entries[to] = state.Copy();
            _work.Enqueue(to);
            return;
        }

        Instruction at = _frame.Body.Instructions[from];
        if (entry.Depth != state.Depth)
        {
            _messages.Add(VerifierError.PathStackDepth, at, $"{state.Depth} values", $"{entry.Depth} values");
            return;
        }

        if (entry.Merge(state, out bool changed) is { } conflict)
        {
            _messages.Add(VerifierError.PathStackUnexpected, at, conflict.Found.ToString(), conflict.Expected.ToString());
        }

        if (changed)
        {
            _work.Enqueue(to);
        }
    }
}
