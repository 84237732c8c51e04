using System;
using Lyra.Jit.Helpers;
using Lyra.Jit.Ir;
using Lyra.Jit.Profiles;
using Lyra.Runtime.Bytecode;
using Lyra.Runtime.Objects;

namespace Lyra.Jit.Building;

/// <summary>Inlines calls of script procs: the callee's code is built in place, and its returns meet after it.</summary>
internal sealed class Inliner(BuildParts parts, FrameBuilder frames, CallChooser calls) : Lowering(parts)
{
    private readonly JoinBuilder _joins = parts.Joins;

    /// <summary>Inlines a call.</summary>
    /// <param name="callee">The callee.</param>
    /// <param name="arguments">One for each parameter.</param>
    public void Inline(in Callee callee, IrNode[] arguments)
    {
        bool isRestartable = Frame.IsRestartable;
        if (isRestartable)
        {
            Frame.Restarted.DeferredSteps += callee.Code.EntryCost;
        }
        else if (callee.Code.Kind == ProcKind.Async)
        {
            Ir.Call(RegionHelpers.BeginTask, Ir.Int(TaskObject.SpawnBytes(callee.Code)), Ir.Int(callee.Code.EntryCost));
        }
        else
        {
            Ir.ChargeSteps(callee.Code.EntryCost);
        }

        if (BuildBody(callee, arguments, isRestartable) is { } result && !callee.DropsResult)
        {
            Registers.Set(callee.Target, callee.Code.Kind == ProcKind.Async ? TaskOf(callee, result) : result);
        }
    }

    /// <summary>The task of a finished call of an async proc; its result if nothing needs the task.</summary>
    private IrNode TaskOf(in Callee callee, IrNode result)
    {
        IrNode proc = Ir.Foreign(callee.Code.Prototype);
        return !NeedsNoTask(callee.Target) ? Ir.Call(RegionHelpers.FinishedTask, proc, Ir.Box(result))
            : MayBeTask(result) ? Ir.Call(RegionHelpers.ResultOrTask, proc, Ir.Box(result))
            : result;
    }

    /// <summary>
    /// Inlines a call that C# code makes for the present instruction, with the calls in it. An exit in it re-executes the instruction; so
    /// the steps are charged after the last exit, and a callee with effects is not inlined. Null when the call can't be inlined.
    /// </summary>
    /// <param name="hook">The callee; null when there is no hook.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="convert">The value that the C# code makes of the result; null when the result is wrong.</param>
    public IrNode? InlineRestartable(Closure? hook, IrNode[] arguments, Func<IrNode, IrNode?> convert)
    {
        if (Frame.IsRestartable || hook is null || hook.Code.FixedCount != arguments.Length || !calls.CanInline(hook.Code))
        {
            return null;
        }

        IrBlock first = Ir.Block!;
        (int blocks, int nodes) = (State.Graph.Blocks.Count, first.Nodes.Count);
        int position = Frame.Code.RegisterCount;
        Frame.DeferredSteps = 0;
        Frame.BlocksBeforeHook = blocks;
        IrNode? result = BuildBody(new Callee(hook.Code, Ir.Object(hook), position, position), arguments, isRestartable: true);
        IrNode? value = result is null ? null : convert(result);
        if (value is null || HasEffect(first, nodes, blocks))
        {
            // The region is built again without it.
            State.History.NotInlined.Add((Frame.Context, Pc));
            State.MustRebuild = true;
            Ir.Block ??= State.Graph.NewBlock();
            return value ?? Ir.Nil();
        }

        Ir.ChargeSteps(hook.Code.EntryCost + Frame.DeferredSteps);
        return value;
    }

    /// <summary>Builds the callee's code; returns the result, null when no path returns.</summary>
    private IrNode? BuildBody(in Callee callee, IrNode[] arguments, bool isRestartable)
    {
        int nodes = State.Graph.NodeCount;
        FrameScope caller = Frame;
        int callPc = Pc;
        CallContext context = caller.Context.FindCallee(callPc, callee.Code)!;
        FrameScope frame = new(context, caller)
        {
            CallPc = callPc,
            Base = caller.Base + callee.Start,
            ReturnSlot = caller.Base + callee.Target,
            Closure = callee.Closure,
            DropsResult = callee.DropsResult,
            IsRestartable = isRestartable,
        };
        State.Graph.Inlined.Add(new InlinedCall(callee.Code, callPc, frame.Depth));
        arguments.CopyTo(frame.Registers, 0);

        // C# code that calls back counts as a frame.
        State.RequireDepth(frame.Depth + (isRestartable ? 1 : 0));
        using (State.At(frame, callPc))
        {
            Ir.Snapshots.Invalidate();
            frames.Build(0);
        }

        Ir.Snapshots.Invalidate();
        State.InlinedNodes[context] = State.Graph.NodeCount - nodes;
        Ir.Block = null;
        return frame.Returns.Count == 0 ? null : MergeReturns(frame);
    }

    private IrNode MergeReturns(FrameScope frame)
    {
        IrBlock[] ends = new IrBlock[frame.Returns.Count];
        IrNode[] values = new IrNode[ends.Length];
        for (int n = 0; n < ends.Length; n++)
        {
            (ends[n], IrNode? result) = frame.Returns[n];
            Ir.Block = ends[n];
            values[n] = result ?? Ir.Nil();
        }

        return ends.Length == 1 ? values[0] : _joins.MergeValues(ends, values);
    }

    /// <summary>True when something that was built can't be executed twice, or would be charged twice.</summary>
    /// <param name="first">The block in which it begins.</param>
    /// <param name="nodes">The number of nodes in that block before.</param>
    /// <param name="blocks">The number of blocks in the graph before.</param>
    private bool HasEffect(IrBlock first, int nodes, int blocks)
    {
        static bool HasOne(IrNode node) => SnapshotRule.IsEffect(node) || (node.Effects & IrEffects.Allocates) != 0;

        return first.Nodes.FindIndex(nodes, HasOne) >= 0
            || State.Graph.Blocks.FindIndex(blocks, block => block.Nodes.Exists(HasOne)) >= 0;
    }
}
